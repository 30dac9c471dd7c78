import { MARK } from '@gip4all/core'
import { afterRequests, isBroken } from '@gip4all/core/failures'
import { fire } from './events.ts'
import { isDone, isRewritten, originalOf, restore } from './image.ts'
import { imagesOf } from './images.ts'

/**
 * Shows the original in place of what could not be shown, once for each image; alt and everything
 * else stay. Gives what ends that.
 */
export function watchFailures(): () => void {
  const hear = ({ target }: Event): void => {
    // Firefox tells it when the original is on its way already.
    if (target instanceof HTMLImageElement && !mend(target) && isDone(target) && isBroken(target)) fire(target, 'gip:error', { original: originalOf(target) })
  }
  const look = (): void => {
    for (const image of document.images) if (isBroken(image)) mend(image)
  }
  // An image's error does not bubble.
  document.addEventListener('error', hear, true)
  // What a server rewrote may have failed already.
  look()
  const forget = afterRequests(look)
  return () => {
    document.removeEventListener('error', hear, true)
    forget()
  }
}

/** Shows the original unless that is what failed: every other choice of the browser goes first, then the image's own. */
function mend(image: HTMLImageElement): boolean {
  const choices = imagesOf(image.closest('picture') ?? image)
  const original = originalOf(image)
  const isOurs = choices.some(isRewritten)
  for (const choice of isOurs ? choices : []) {
    // Of a picture that a server wrote, only the image says so: sources without a mark go too.
    if (choice !== image || isRewritten(image)) restore(choice)
    choice.setAttribute(MARK, '')
  }
  if (isOurs) fire(image, 'gip:fallback', { original })
  return isOurs
}
