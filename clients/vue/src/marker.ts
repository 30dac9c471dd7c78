import { MARK } from '@gip4all/core'

const ERROR = 'data-error'

/** The attribute by which server-rendered HTML remembers an error that comes before Vue does. */
export const MARKER = { onerror: `this.setAttribute('${ERROR}',1)` }

/**
 * Dispatches the event that a server-rendered image had before Vue was there, if any, and takes the
 * marker away: from now on Vue listens itself.
 */
export function replay(img: HTMLImageElement): void {
  const { complete, naturalWidth } = img
  const isMarked = img.hasAttribute(ERROR)
  img.removeAttribute(ERROR)
  img.removeAttribute('onerror')
  // Of gip's own only: a vector that says no width has none, and is there all the same.
  if (isMarked || (complete && !naturalWidth && img.getAttribute(MARK))) img.dispatchEvent(new Event('error'))
  else if (complete && naturalWidth) img.dispatchEvent(new Event('load'))
}
