/**
 * Which images have a box of their own, found by an experiment: what becomes of the layout when
 * an image's natural size is taken away? Size containment (CSS Containment §3.1) does just that,
 * in every layout there is, and no rule about percentages or flex items must be known here. All
 * happens between two frames, so that nobody sees it.
 */

/** What an image's box is made from: CSS alone, CSS and the natural ratio, or the natural size. */
export type Origin = 'css' | 'ratio' | 'size'

/** An image that is shown, and its box in CSS pixels. */
export interface Finding {
  readonly image: HTMLImageElement
  readonly width: number
  readonly height: number
  readonly origin: Origin
}

/** What the experiment changes. The longhand of transition, so that it can be put back exactly. */
const CHANGED = ['contain', 'aspect-ratio', 'transition-property'] as const

/** Measures images that are loaded, and leaves the page as it was. */
export function measure(images: readonly HTMLImageElement[]): readonly Finding[] {
  const undo = [...images.map(remember), ...scrollers(images)]
  // Only where the natural ratio would be used, another may stand in for it.
  const free = images.map((image) => /auto/.test(getComputedStyle(image).aspectRatio))
  // A transition would show the old box for a while, and play when all is put back.
  for (const image of images) set(image, 'transition-property', 'none')
  const before = images.map(sizeOf)
  const [sized, distorted] = [1, 3].map((stretch) => {
    images.forEach((image, index) => {
      set(image, 'contain', 'size')
      if (free[index]) set(image, 'aspect-ratio', `${image.naturalWidth * stretch} / ${image.naturalHeight}`)
    })
    return images.map(sizeOf)
  })
  for (const put of undo) put()
  return images.map((image, index) => {
    const [width, height] = before[index]!
    const is = (other: readonly Size[]) => isSame(before[index]!, other[index]!)
    return { image, width, height, origin: !is(sized!) ? 'size' : is(distorted!) ? 'css' : 'ratio' }
  })
}

type Size = readonly [width: number, height: number]

function sizeOf(image: HTMLImageElement): Size {
  const { width, height } = image.getBoundingClientRect()
  return [width, height]
}

function isSame(a: Size, b: Size): boolean {
  return a.every((length, index) => Math.abs(length - b[index]!) < 0.01)
}

function set({ style }: HTMLElement, name: string, value: string): void {
  style.setProperty(name, value, 'important')
}

/** Property by property: a page's CSP may forbid to write the attribute. */
function remember(image: HTMLImageElement): () => void {
  const had = image.hasAttribute('style')
  const values = CHANGED.map((name) => [name, image.style.getPropertyValue(name), image.style.getPropertyPriority(name)] as const)
  return () => {
    for (const [name, value, priority] of values) {
      // The old box must be back before transitions are.
      if (name === 'transition-property') sizeOf(image)
      image.style.setProperty(name, value, priority)
    }
    if (!had) image.removeAttribute('style')
  }
}

/** A page that is shorter for a moment loses its place; this finds it again. */
function scrollers(images: readonly Element[]): readonly (() => void)[] {
  const moved = new Set<Element>(document.scrollingElement ? [document.scrollingElement] : [])
  for (const image of images) {
    for (let box = image.parentElement; box; box = box.parentElement) if (box.scrollTop || box.scrollLeft) moved.add(box)
  }
  return [...moved].map((box) => {
    const { scrollTop: top, scrollLeft: left } = box
    return () => {
      if (box.scrollTop !== top || box.scrollLeft !== left) box.scrollTo({ top, left, behavior: 'instant' })
    }
  })
}
