/**
 * Which images a browser has not begun to load. Only those may get another address: every other
 * would be downloaded twice. No engine tells of eager images in time, so those are never touched.
 */

/** CSS pixels. No browser begins a lazy image farther away, but Chromium does on the slowest connections. */
const FAR = 3_000
const FAR_WHEN_SLOW = 8_000

/** Decides about lazy images of one page. */
export interface Judge {
  /** Of an image that came into the page in this very task: lazy ones begin with the next frame. */
  isNew(image: HTMLImageElement): boolean
  /** Of an image that may have been there for long. */
  isWaiting(image: HTMLImageElement): boolean
}

export function createJudge(): Judge {
  const hasty = isHasty()
  function isLazy(image: HTMLImageElement): boolean {
    return image.loading === 'lazy' && !image.complete && image.crossOrigin !== 'use-credentials'
  }
  return {
    // While the page is parsed the order of attributes means nothing: the parser sets them all at once.
    isNew: (image) => isLazy(image) && (hasty ? document.readyState === 'loading' || isLazyFirst(image) : !image.currentSrc),
    isWaiting: (image) => isLazy(image) && (hasty || !image.currentSrc) && isFar(image),
  }
}

/**
 * WebKit chooses, and begins what is not lazy yet, while `src` is being set; the others wait for
 * the script to end. An image outside of any page shows which, for it never loads when it is lazy.
 */
function isHasty(): boolean {
  const image = new Image()
  image.loading = 'lazy'
  image.src = 'data:,'
  return image.currentSrc !== ''
}

/** Whether it was lazy before it had an address. */
function isLazyFirst(image: HTMLImageElement): boolean {
  const names = image.getAttributeNames()
  const [loading, ...addresses] = ['loading', 'src', 'srcset'].map((name) => names.indexOf(name))
  return addresses.every((at) => at < 0 || at > loading!)
}

/** Far from what is seen now, and from what was seen when the page began. */
function isFar(image: HTMLImageElement): boolean {
  if (!image.getClientRects().length) return false
  const { top, bottom, left, right } = image.getBoundingClientRect()
  const far = farAway()
  const isOut = (start: number, end: number, size: number) => start > size + far || end < -far
  const isOutOf = (x: number, y: number) => isOut(top + y, bottom + y, innerHeight) || isOut(left + x, right + x, innerWidth)
  return isOutOf(0, 0) && isOutOf(scrollX, scrollY)
}

function farAway(): number {
  const { connection } = navigator as { connection?: { effectiveType?: string } }
  return /2g/.test(connection?.effectiveType ?? '') ? FAR_WHEN_SLOW : FAR
}
