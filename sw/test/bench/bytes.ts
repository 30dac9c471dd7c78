import type { CDPSession } from 'puppeteer-core'

/** Counts the bytes of images that came over the connection. */
export interface ImageCount {
  /** What a page or a worker asks for counts from now on. */
  listen(session: CDPSession): void
  reset(): void
  total(): number
}

/**
 * What a worker gave to the page is counted where the worker asked for it, and what the browser
 * had kept is nothing.
 */
export function countImages(): ImageCount {
  let bytes = 0
  return {
    listen(session) {
      const images = new Set<string>()
      session.on('Network.responseReceived', ({ requestId, response }) => {
        if (response.mimeType.startsWith('image/') && !response.fromServiceWorker) images.add(requestId)
      })
      session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
        if (images.has(requestId)) bytes += encodedDataLength
      })
    },
    reset() {
      bytes = 0
    },
    total: () => bytes,
  }
}
