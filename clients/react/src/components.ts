import { attrs, MARK, picture } from '@gip4all/core'
import { imageElement, pictureElement } from './elements.ts'
import { useFallback, useWatch } from './fallback.ts'
import { coreProps } from './names.ts'
import { preloadNow } from './preload.ts'
import type { FallbackProps, ImageProps, PictureProps } from './props.ts'
import { useGip } from './provider.ts'
import { withRef } from './ref.ts'

/** An `<img>` by way of gip, and the original where that fails. */
export const Image = /* @__PURE__ */ withRef(function Image({ onFallback, ...props }: ImageProps & FallbackProps) {
  const given = useGip(props.config)
  const [config, fail] = useFallback(given, props, onFallback)
  const attributes = attrs(config, coreProps(props))
  const watched = useWatch(props, attributes[MARK] ? fail : undefined)
  // What failed is loaded by the image alone.
  if (props.priority && config === given) preloadNow(attributes)
  return imageElement(attributes, watched)
})

/** A `<picture>` by way of gip, and the originals where one of its images fails. */
export const Picture = /* @__PURE__ */ withRef(function Picture({ onFallback, ...props }: PictureProps & FallbackProps) {
  const [config, fail] = useFallback(useGip(props.config), props, onFallback)
  const shown = picture(config, coreProps(props))
  // The image itself may be none of the site's, and another for some screens be one.
  const isServed = shown.img[MARK] || shown.sources.some(({ srcset }) => srcset.includes(`${config?.endpoint}/s/`))
  const watched = useWatch(props, isServed ? fail : undefined)
  return pictureElement(shown, watched)
})
