import type { Layout, Style } from './props.ts'

/** What decides an image's place on the page, in any combination: also pages without types call this. */
export interface Place {
  readonly layout?: Layout | undefined
  readonly fill?: boolean | undefined
  readonly width?: number | undefined
  readonly height?: number | undefined
  readonly aspectRatio?: number | undefined
}

/** Width and height in CSS pixels, as far as they are known. */
export interface Size {
  readonly width?: number | undefined
  readonly height?: number | undefined
}

/** Of an image as wide as its page or box only the ratio counts; it is told by this width. */
export const NOMINAL_WIDTH = 1200

/** Whether the image is as wide as the page or its box, whatever that is. */
export function isFluid({ layout, fill }: Place): boolean | undefined {
  return fill || layout === 'fullWidth'
}

/** The width and height attributes, from which browsers take the ratio before the image is there. */
export function sizeOf({ width, height, aspectRatio }: Place): Size {
  if (aspectRatio) {
    width ??= height ? Math.round(height * aspectRatio) : NOMINAL_WIDTH
    height ??= Math.round(width / aspectRatio)
  }
  return { width, height }
}

/** The styles that keep the place, whatever arrives in it and whenever; its size is that of the attributes. */
export function placeStyle(place: Place): Style {
  const { width, height } = place
  if (place.fill) return { position: 'absolute', inset: 0, width: '100%', height: '100%' }
  if (place.layout === 'fixed') return { width: px(width), height: px(height) }
  const ratio = width && height && `${width} / ${height}`
  return { width: '100%', maxWidth: isFluid(place) ? undefined : px(width), height: ratio ? 'auto' : px(height), aspectRatio: ratio }
}

function px(length: number | undefined): string | number | undefined {
  return length && `${length}px`
}
