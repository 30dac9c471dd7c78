import { attrs, MARK, url, type Config, type Props } from '@gip4all/core'
import { read, sourcesOf, type Change } from './changes.ts'
import { rewriteSrcset } from './srcset.ts'

/** What an image that waits for the client has in the place of `src` and `srcset`. */
export const DEFERRED = 'img[data-src],img[data-srcset]'

/** Whether the image is to learn how wide it is from the page. */
export function isMeasured(image: HTMLImageElement): boolean {
  return read(image, 'data-sizes') === 'auto'
}

/** The changes that begin an image that has waited; `width` is how wide it is shown. */
export function beginning(config: Config | undefined, image: HTMLImageElement, width: number): readonly Change[] {
  const sources = sourcesOf(image).filter((source) => source.hasAttribute('data-srcset'))
  return [...sources, image].map((element) => {
    const { set, back } = shown(config, element, width)
    const taken = { 'data-sizes': undefined, 'data-srcset': undefined, 'data-src': undefined }
    return { element, set: { ...taken, ...set }, back }
  })
}

function shown(config: Config | undefined, element: Element, width: number): Omit<Change, 'element'> {
  const [srcset, src] = [read(element, 'data-srcset'), read(element, 'data-src')]
  const sizes = sizesOf(element, width)
  if (srcset === undefined && src !== undefined && hasWidth(element)) return responsive(config, element, src, sizes)
  const address = src && url(config, src)
  const set = { sizes, srcset: srcset && rewriteSrcset(config, srcset), ...(src && { [MARK]: address === src ? '' : src, src: address }) }
  return { set, back: { sizes, srcset, ...(src && { [MARK]: '', src }) } }
}

/** What says in which widths it may be needed. Any other image keeps its pixel dimensions. */
function hasWidth(element: Element): boolean {
  return element.hasAttribute('data-sizes') || Boolean(number(element, 'width') && number(element, 'height'))
}

function responsive(config: Config | undefined, element: Element, src: string, sizes: string | undefined): Omit<Change, 'element'> {
  const [width, height] = [number(element, 'width'), number(element, 'height')]
  const props = { src, alt: '', width, height, layout: width ? undefined : 'fullWidth', unstyled: true, loading: 'eager', sizes, quality: read(element, 'data-quality') }
  const { srcset, [MARK]: mark, ...given } = attrs(config, props as Props)
  return { set: { sizes: given.sizes, srcset, [MARK]: mark, src: given.src }, back: { [MARK]: '', src } }
}

function sizesOf(element: Element, width: number): string | undefined {
  const sizes = read(element, 'data-sizes')
  return sizes === 'auto' ? (width ? `${width}px` : '100vw') : sizes
}

function number(element: Element, name: string): number | undefined {
  return Number(element.getAttribute(name)) || undefined
}
