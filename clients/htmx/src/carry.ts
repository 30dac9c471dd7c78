import { imagesOf } from './images.ts'

/** What belongs to an image's place on the page, more than to its file. */
const CARRIED = /^(alt|title|class|id|style|width|height|role|aria-.*|loading|fetchpriority)$/

/**
 * Gives an image what the one in whose place it comes had, and it has not; `alt=""` is an alt. Only
 * where one image comes for one image: of many, nobody knows which is meant.
 */
export function carry(replaced: Element, replacing: readonly Element[]): void {
  // A picture's image is the last in it.
  const old = replaced.matches('img, picture') && imagesOf(replaced).pop()
  const [image, another] = replacing.filter((one) => one.matches('img'))
  if (!old || !image || another) return
  for (const { name, value } of old.attributes) if (CARRIED.test(name) && !image.hasAttribute(name)) image.setAttribute(name, value)
}
