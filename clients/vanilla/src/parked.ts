/** Where the head snippet keeps `srcset` and `src` of a lazy image until the client is there. */
export const PARKED = 'data-gip-'

/** What the client tells the head snippet: from now on it decides itself. */
export const READY = 'gip:ready'

/** Moves an image's addresses to the attributes of another prefix, or back; `src` is the last. */
export function move(image: Element, from: string, to: string): void {
  for (const name of ['srcset', 'src']) {
    const value = image.getAttribute(from + name)
    image.removeAttribute(from + name)
    if (value !== null) image.setAttribute(to + name, value)
  }
}
