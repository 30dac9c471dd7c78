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
  const choices = imagesOf(image.closest('picture') ?? image)
  const original = originalOf(image)
  const isOurs = choices.some(isRewritten)
  for (const choice of isOurs ? choices : []) {
    // Of a picture that a server wrote, only the image says so: sources without a mark go too.
    if (choice !== image || isRewritten(image)) restore(choice)
    choice.setAttribute(MARK, '')
  }
  if (isDone(image)) fire(image, isOurs ? 'gip:fallback' : 'gip:error', { original })
}
