import { attrs, picture } from '@gip4all/core'
import { imageElement, pictureElement } from './elements.ts'
import { coreProps } from './names.ts'
import { preloadNow } from './preload.ts'
import type { ImageProps, PictureProps } from './props.ts'
import { withRef } from './ref.ts'

/** An `<img>` by way of gip, of no hooks. */
export const Image = /* @__PURE__ */ withRef(function Image(props: ImageProps) {
  const attributes = attrs(props.config, coreProps(props))
  if (props.priority) preloadNow(attributes)
  return imageElement(attributes)
})

/** A `<picture>` by way of gip, of no hooks. */
export const Picture = /* @__PURE__ */ withRef(function Picture(props: PictureProps) {
  return pictureElement(picture(props.config, coreProps(props)))
})
