import { picture, type PictureProps } from '@gip4all/core'
import { defineImage } from './define.ts'
import { forCore, pictureProps } from './props.ts'

/** Attributes for the `<img>` that would else be the `<picture>`'s: its class and style. */
interface Split {
  readonly imgAttrs?: Readonly<Record<string, unknown>> | undefined
}

/**
 * A `<picture>`. Class and style are its own, for only the root of a component is reached by a page's
 * scoped styles; all other attributes, and those of `imgAttrs`, are the image's.
 */
export const GipPicture = defineImage<PictureProps & Split>('GipPicture', pictureProps, (props, attrs) => {
  const { imgAttrs, ...own }: Split = props
  const { class: className, style, ...others } = attrs
  const given = forCore(own, { ...others, ...imgAttrs })
  return { build: (config) => picture(config, given), root: { class: className, style } }
})
