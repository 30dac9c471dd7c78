import type { Box } from './boxes.ts'
import { measure, type Finding } from './experiment.ts'
import { hasOwnHeight, mayChange, readStyles, urlsIn, type Styles } from './styles.ts'

/**
 * The boxes of the page's images, by address. Not among them is what is used in any way whose
 * layout depends on the natural size, and what somebody may want to see larger or to read.
 */
export function boxesOf(page: Document): Record<string, Box> {
  const styles = readStyles(page)
  const images = [...page.images].filter(({ currentSrc, src }) => /^http/.test(currentSrc || src))
  if (!styles) return {}
  const shown = images.filter(isShown)
  const unsafe = new Set([...styles.urls, ...otherUses(page), ...images.filter((image) => !shown.includes(image)).map(addressOf)])
  const boxes: Record<string, Box> = {}
  for (const finding of measure(shown)) {
    const url = addressOf(finding.image)
    const box = boxOf(finding, styles)
    const [width, step] = boxes[url] ?? [0, 1]
    if (box) boxes[url] = [Math.max(width, box[0]), Math.max(step, box[1])]
    else unsafe.add(url)
  }
  for (const url of unsafe) delete boxes[url]
  return boxes
}

/** Whether it is loaded and has a box at all. */
export function isShown(image: HTMLImageElement): boolean {
  return image.complete && image.naturalWidth > 0 && image.offsetWidth > 0
}

/** As the worker knows it. */
export function addressOf({ currentSrc, src }: HTMLImageElement): string {
  return (currentSrc || src).replace(/#.*/s, '')
}

function boxOf({ image, width, height, origin }: Finding, styles: Styles): Box | undefined {
  const { naturalWidth, naturalHeight } = image
  // What says crossorigin may be read by a script, pixel by pixel.
  if (origin === 'size' || image.crossOrigin !== null) return undefined
  // With densities, the natural size is not the file's own.
  if (origin === 'ratio' && (image.srcset || image.closest('picture'))) return undefined
  if (mayChange(image, styles, origin === 'ratio' || hasOwnHeight(image, styles))) return undefined
  // object-fit may cut off: what is shown of it must still be enough.
  const needed = Math.ceil(Math.max(width, (height * naturalWidth) / naturalHeight))
  return [needed, origin === 'ratio' ? naturalWidth / divisor(naturalWidth, naturalHeight) : 1]
}

function divisor(a: number, b: number): number {
  return b ? divisor(b, a % b) : a
}

/** Links to an image show it alone; the others have layouts that nobody has measured. */
function otherUses(page: Document): readonly string[] {
  const elements = page.querySelectorAll('a[href],area[href],video[poster],input[src],image')
  const plain = [...elements].flatMap((element) => ['href', 'xlink:href', 'poster', 'src'].map((name) => element.getAttribute(name) ?? ''))
  const styled = [...page.querySelectorAll<HTMLElement>('[style*="url("]')].map(({ style }) => style.cssText)
  return urlsIn([...plain.filter(Boolean).map((url) => `url("${url}")`), ...styled].join(';'), page.baseURI).map((url) => url.replace(/#.*/s, ''))
}
