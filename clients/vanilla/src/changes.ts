/** Attributes by name, in the order in which they are set; undefined takes one away. */
export type Markup = Readonly<Record<string, string | undefined>>

/** What becomes of one element, and what shows the original again. */
export interface Change {
  readonly element: Element
  readonly set: Markup
  readonly back: Markup
}

/** The `<source>` elements that choose for an image, in their order. */
export function sourcesOf(image: HTMLImageElement): readonly HTMLSourceElement[] {
  const { parentElement } = image
  return parentElement?.localName === 'picture' ? [...parentElement.querySelectorAll('source')] : []
}

/** Makes the changes; those of an image come after its sources', or it would begin with an old choice. */
export function apply(changes: readonly Change[]): void {
  for (const { element, set } of changes) write(element, set)
}

/** Shows the originals again. */
export function putBack(changes: readonly Change[]): void {
  for (const { element, back } of changes) {
    if (element.localName === 'img' && back['src'] !== undefined && back['srcset'] === undefined) settle(element, back['src'])
    write(element, back)
  }
}

/**
 * Leaves an image one address only. Every step on the way chooses that one too: Chromium and WebKit
 * begin what an image chooses between two changes, and that would be the backend's once more.
 */
export function settle(image: Element, src: string): void {
  if (!image.hasAttribute('srcset')) return
  image.setAttribute('srcset', src.trim().replace(/\s/g, '%20'))
  image.removeAttribute('sizes')
  image.setAttribute('src', src)
  image.removeAttribute('srcset')
}

/** Whether anything may come from the backend. */
export function isRewritten(changes: readonly Change[]): boolean {
  return changes.some(({ set, back }) => set['src'] !== back['src'] || set['srcset'] !== back['srcset'])
}

/** What does not change is not touched: setting the same `src` again is another request. */
export function write(element: Element, markup: Readonly<Record<string, string | number | undefined>>): void {
  for (const [name, value] of Object.entries(markup)) {
    if (value === undefined) element.removeAttribute(name)
    else if (element.getAttribute(name) !== `${value}`) element.setAttribute(name, `${value}`)
  }
}

/** An attribute's value, undefined where there is none. */
export function read(element: Element, name: string): string | undefined {
  return element.getAttribute(name) ?? undefined
}
