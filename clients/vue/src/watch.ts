import { MARK } from '@gip4all/core'

/**
 * Dispatches the events that an image does not have, until it is stopped. One that is hydrated had
 * its own before Vue was there. And Chromium forgets errors: a broken image loses its box, so one
 * with `sizes=auto` chooses again by its new width, and of what it chose then nobody is told; nor
 * where a policy blocks it. But what ends a request, however it ends, the page can observe.
 */
export function watch(img: HTMLImageElement, isWanted: () => boolean, isHydrated: boolean): () => void {
  const tell = (type: string | false) => type && img.dispatchEvent(new Event(type))
  tell(img.dataset['error'] ? 'error' : isHydrated && eventOf(img))
  // From now on Vue listens itself.
  delete img.dataset['error']
  img.removeAttribute('onerror')
  const observer = new PerformanceObserver(() => isWanted() && !img.naturalWidth && tell(eventOf(img)))
  observer.observe({ entryTypes: ['resource'] })
  return () => observer.disconnect()
}

/** What became of the image. Broken is only gip's: a vector that says no width has none, and is there all the same. */
function eventOf(img: HTMLImageElement): 'load' | 'error' | false {
  return img.complete && (img.naturalWidth ? 'load' : img.getAttribute(MARK) ? 'error' : false)
}
