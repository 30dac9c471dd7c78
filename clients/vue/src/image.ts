import { attrs, type Props } from '@gip4all/core'
import { defineImage } from './define.ts'
import { forCore, imageProps } from './props.ts'

/** An `<img>`. Attributes that are no props are the image's own. */
export const GipImage = defineImage<Props>('GipImage', imageProps, (props, others) => {
  const given = forCore(props, others)
  return { build: (config) => ({ sources: [], img: attrs(config, given) }) }
})
