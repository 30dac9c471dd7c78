/** Learns how wide elements are, and tells when one has grown: what is loaded then has too few pixels. */
export interface Widths {
  follow(element: HTMLElement, grown: (width: number) => void): void
}

/** How wide the element is now, in CSS pixels. */
export function widthOf(element: Element): number {
  return Math.ceil(element.getBoundingClientRect().width)
}

export function createWidths(): Widths {
  const followed = new WeakMap<Element, { widest: number; readonly grown: (width: number) => void }>()
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const one = followed.get(target)
      const width = widthOf(target)
      if (!one || width <= one.widest) continue
      one.widest = width
      one.grown(width)
    }
  })
  return {
    follow(element, grown) {
      followed.set(element, { widest: widthOf(element), grown })
      observer.observe(element)
    },
  }
}
