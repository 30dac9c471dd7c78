import { MARK } from '@gip4all/core'

const ERROR = 'data-error'

/** The attribute by which server-rendered HTML remembers an error that comes before Vue does. */
export const MARKER = { onerror: `this.setAttribute('${ERROR}',1)` }

/** The listener that a server-rendered image's past is for; undefined for what is still to come. */
export type Past = 'onLoad' | 'onError' | undefined

/** Reads the image's past, and takes the marker away: from now on Vue listens itself. */
export function takePast(img: HTMLImageElement): Past {
  const { complete, naturalWidth } = img
  const isMarked = img.hasAttribute(ERROR)
  img.removeAttribute(ERROR)
  img.removeAttribute('onerror')
  // Of gip's own only: a vector that says no width has none, and is there all the same.
  if (isMarked || (complete && !naturalWidth && img.getAttribute(MARK))) return 'onError'
  return complete && naturalWidth ? 'onLoad' : undefined
}
