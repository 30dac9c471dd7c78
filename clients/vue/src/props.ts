import { normalizeStyle, type PropType } from 'vue'
import type { ArtDirected, PictureProps, Props, Style } from '@gip4all/core'

/**
 * How Vue is to read an image's props from a template: what it does not find here is an attribute.
 * Which of them go together is said by the types of core. What HTML has by the same name stays an
 * attribute, and `style` is Vue's own.
 */
export const imageProps = {
  src: { type: String, required: true },
  alt: { type: String, required: true },
  layout: String as PropType<Props['layout']>,
  fill: Boolean,
  width: Number,
  height: Number,
  aspectRatio: Number,
  breakpoints: Array as PropType<readonly number[]>,
  quality: String,
  format: String,
  preset: String,
  priority: Boolean,
  background: String,
  objectFit: String as PropType<Props['objectFit']>,
  unstyled: Boolean,
  // Of no type: Vue would read an absent boolean as false.
  fallback: null,
} satisfies Record<Exclude<keyof Props, Native>, unknown>

type Native = 'style' | 'sizes' | 'loading' | 'fetchpriority' | 'decoding'

/** Those of a picture. */
export const pictureProps = {
  ...imageProps,
  sources: Array as PropType<readonly ArtDirected[]>,
  imgAttrs: Object as PropType<Readonly<Record<string, unknown>>>,
}

/** Props and attributes as Vue has them, for core. */
export function forCore(props: object, attributes: Readonly<Record<string, unknown>>): PictureProps {
  const { style } = attributes
  // A list makes Vue read strings too.
  return { ...props, ...attributes, style: style && normalizeStyle([style as Style]) } as PictureProps
}
