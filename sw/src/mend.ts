import { afterRequests, isBroken } from '../../clients/core/src/failures.ts'

/**
 * At the end of an address it changes nothing for servers and for the worker, who never see or
 * heed it; but no browser shows from memory what it could not decode under the old address
 * (Firefox does, however often the same address is set).
 */
const AGAIN = '#gip'

/**
 * Watches for images that the worker answered and the browser could not decode. The worker never
 * hears of that, so the page tells it; if the answer was its own, the image is asked for again,
 * and the worker now lets it pass.
 */
export function mendImages(page: Document, ourWorker: () => ServiceWorker | undefined): void {
  /** What the worker said was no answer of its own: it need not hear of that again whenever the page looks. */
  const foreign = new WeakMap<HTMLImageElement, string>()
  function mend(image: HTMLImageElement): void {
    const url = image.currentSrc
    const worker = ourWorker()
    if (!url || !worker || url.endsWith(AGAIN)) return
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = ({ data }) => {
      if (data !== true) foreign.set(image, url)
      // Else it has lost its box by breaking, and chosen again: if it comes back to this address, the worker lets that pass.
      else if (image.currentSrc === url) show(image, url + AGAIN)
    }
    worker.postMessage({ gip: 'deny', url }, [port2])
  }
  page.addEventListener(
    'error',
    ({ target }) => {
      if (target instanceof HTMLImageElement) mend(target)
    },
    true, // an image's error does not bubble
  )
  const look = (): void => {
    for (const image of page.images) if (isBroken(image) && foreign.get(image) !== image.currentSrc) mend(image)
  }
  // This script is async: what is broken already has had its event. And some have none.
  look()
  afterRequests(look)
}

/** Takes away every other choice, for the browser would choose the broken one again. */
function show(image: HTMLImageElement, url: string): void {
  const choices = image.closest('picture')?.querySelectorAll('source') ?? []
  for (const element of [...choices, image]) element.removeAttribute('srcset')
  image.src = url
}
