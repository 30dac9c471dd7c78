import { MARK } from '@gip4all/core'
import { isRewritten, restore } from './image.ts'
import { changeText } from './text.ts'

/** HTML with the originals' addresses: what is kept must not depend on what gip is when it is shown again. */
export function restoreText(html: string): string {
  return changeText(html, (images) => images.forEach((image) => (isRewritten(image) ? restore(image) : image.removeAttribute(MARK))))
}
