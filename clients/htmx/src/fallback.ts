import { MARK } from '@gip4all/core'
import { fire } from './events.ts'
import { isDone, isRewritten, originalOf, restore } from './image.ts'
import { imagesOf } from './images.ts'

/**
 * Shows the original in place of what could not be shown, once for each image; alt and everything
 * else stay. Gives what ends that.
 */
export function watchFailures(): () => void {
  const hear = ({ target }: Event): void => {
    if (target instanceof HTMLImageElement) fail(target)
  }
  // An image's error does not bubble.
  document.addEventListener('error', hear, true)
  // What a server rewrote may have failed already.
  for (const image of document.images) if (image.complete && image.currentSrc && !image.naturalWidth) fail(image)
  return () => document.removeEventListener('error', hear, true)
}

/** Every other choice of the browser goes first, then the image's own. */
function fail(image: HTMLImageElement): void {
  const choices = imagesOf(image.closest('picture') ?? image).filter(isRewritten)
  const original = originalOf(image)
  for (const choice of choices) {
    restore(choice)
    choice.setAttribute(MARK, '')
  }
  if (choices[0]) fire(image, 'gip:fallback', { original })
  else if (isDone(image)) fire(image, 'gip:error', { original })
}
