/**
 * `@gip4all/core/failures`: how a page finds the images that failed and told nobody. For browsers
 * only, beside the `error` events that it hears.
 */

/** Whether the image has ended and there is nothing to see. A vector that says no width is so too, and is there. */
export function isBroken({ complete, naturalWidth }: HTMLImageElement): boolean {
  return complete && !naturalWidth
}

/**
 * Looks whenever a request of the page has ended; gives what ends that. Chromium (156) forgets errors:
 * a broken image loses its box, so one with `sizes=auto` chooses again by its new width, and of what
 * it chooses for a width nobody is told; nor is the first error where the second choice comes before
 * it. But what ends a request, were it a policy, the page can observe.
 */
export function afterRequests(look: () => void): () => void {
  const observer = new PerformanceObserver(look)
  observer.observe({ type: 'resource' })
  return () => observer.disconnect()
}
