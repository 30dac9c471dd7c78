/** Learns how wide elements are, and tells when one has grown: what is loaded then has too few pixels. */
export interface Widths {
  /** Tells when the element is wider than `widest`, which is what it has been given. */
  follow(element: HTMLElement, widest: number, grown: (width: number) => void): void
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
    follow(element, widest, grown) {
      followed.set(element, { widest, grown })
      observer.observe(element)
    },
  }
}
