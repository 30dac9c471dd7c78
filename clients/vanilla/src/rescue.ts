import { MARK } from '@gip4all/core'
import { afterRequests, isBroken } from '@gip4all/core/failures'
import { read, settle, sourcesOf, write } from './changes.ts'

/** What an image tells its page when its original is shown in the place of what failed. It bubbles. */
export const FALLBACK = 'gip:fallback'

/** Shows originals in the place of what could not be shown: once for each image. */
export interface Rescue {
  /** How to show the original, should this image fail; false where that is not wanted. */
  guard(image: HTMLImageElement, putBack: Way | false): void
  /** Rescues what failed and told nobody, or told it before this script was there. */
  look(): void
}

type Way = () => void

export function createRescue(page: Document): Rescue {
  const ways = new WeakMap<HTMLImageElement, Way | false>()
  /** Shows the original, if the image failed by way of the backend; whether it did. */
  function rescue(image: HTMLImageElement): boolean {
    const way = ways.get(image) ?? markedWay(image)
    if (!way) return false
    ways.delete(image)
    const url = image.currentSrc || image.src
    way()
    tellFallback(image, url)
    return true
  }
  // The page's own handlers hear of an image only when its original fails too. Firefox tells it when the original is on its way already.
  const onError = (event: Event) => {
    const image = event.target
    if (image instanceof HTMLImageElement && (rescue(image) || (image.hasAttribute(MARK) && !isBroken(image)))) event.stopImmediatePropagation()
  }
  page.addEventListener('error', onError, true) // an image's error does not bubble
  const look = () => {
    for (const image of page.images) if (isBroken(image)) rescue(image)
  }
  afterRequests(look)
  return { guard: (image, putBack) => ways.set(image, putBack), look }
}

export function tellFallback(element: Element, url: string): void {
  element.dispatchEvent(new CustomEvent(FALLBACK, { bubbles: true, detail: { url } }))
}

/** Also what a server rendered with core's attributes has a way back: its mark says which. */
function markedWay(image: HTMLImageElement): Way | undefined {
  const original = read(image, MARK)
  if (!original) return undefined
  return () => {
    for (const source of sourcesOf(image)) source.removeAttribute('srcset')
    settle(image, original)
    write(image, { [MARK]: '', src: original })
  }
}
