import { MARK } from '@gip4all/core'
import { afterRequests, isBroken } from '@gip4all/core/failures'

/**
 * Dispatches the events that an image does not have, until it is stopped: one that is hydrated had
 * its own before Vue was there, and browsers forget some.
 */
export function watch(img: HTMLImageElement, isWanted: () => boolean, isHydrated: boolean): () => void {
  const tell = (type: string) => img.dispatchEvent(new Event(type))
  // Only gip's can be broken: a vector that says no width has none, and is there all the same.
  const look = () => isBroken(img) && img.getAttribute(MARK) && tell('error')
  if (img.dataset['error']) tell('error')
  else if (isHydrated && img.complete) img.naturalWidth ? tell('load') : look()
  // From now on Vue listens itself.
  delete img.dataset['error']
  img.removeAttribute('onerror')
  return afterRequests(() => isWanted() && look())
}
