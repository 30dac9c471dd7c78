import { url, type Config } from '@gip4all/core'
import { tellFallback } from './rescue.ts'

/** How wide a picture must be to cover the element's box, in the screen's pixels. */
export function neededWidth({ offsetWidth, offsetHeight }: HTMLElement): number {
  // Photographs are seldom wider for their height; a cover that is higher than its image needs more of it.
  const ratio = 1.5
  // More pixels than two for each of CSS are not seen.
  const most = 2
  return Math.ceil(Math.max(offsetWidth, offsetHeight * ratio) * Math.min(devicePixelRatio || 1, most))
}

/**
 * Shows a background once it is there. Backgrounds tell nobody that they failed, so an image
 * outside of the page loads the same address first.
 */
export function showBackground(config: Config | undefined, element: HTMLElement, src: string): void {
  const address = url(config, src, { width: neededWidth(element) })
  const probe = new Image()
  probe.onload = () => paint(element, address)
  probe.onerror = () => {
    paint(element, src)
    if (address !== src) tellFallback(element, address)
  }
  probe.src = address
}

function paint({ style }: HTMLElement, address: string): void {
  style.backgroundImage = `url("${address.replace(/["\\\n]/g, encodeURIComponent)}")`
}
