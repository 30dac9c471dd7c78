/** The attributes by which a page hands an image to the client. */
const ATTRIBUTES = ['data-src', 'data-srcset', 'data-background']

/** Tells of elements that came into the page, before the browser draws them, and of those that are handed over. */
export function watch(page: Document, added: (element: Element) => void, handed: (element: Element) => void): void {
  const observer = new MutationObserver((records) => {
    for (const { type, target, addedNodes } of records) {
      if (type === 'attributes') handed(target as Element)
      for (const node of addedNodes) if (node instanceof Element && node.isConnected) added(node)
    }
  })
  observer.observe(page, { childList: true, subtree: true, attributes: true, attributeFilter: ATTRIBUTES })
}

/** The element and all inside it that the selector finds. */
export function within(root: ParentNode, selector: string): readonly HTMLElement[] {
  const own = root instanceof HTMLElement && root.matches(selector) ? [root] : []
  return [...own, ...root.querySelectorAll<HTMLElement>(selector)]
}

/** Calls back once when the element comes near what is seen. */
export function whenNear(near: (element: HTMLElement) => void): IntersectionObserver {
  const margin = '300px'
  const observer = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue
      observer.unobserve(target)
      near(target as HTMLElement)
    }
    // scrollMargin: the same inside of what scrolls by itself, in browsers that know it.
  }, { rootMargin: margin, scrollMargin: margin } as IntersectionObserverInit)
  return observer
}
