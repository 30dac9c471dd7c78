import type { Config } from '@gip4all/core'
import { carry } from './carry.ts'
import type { Read } from './htmx.ts'
import { originalOf, rewrite } from './image.ts'
import { settingsOf } from './settings.ts'

/** Images on their way into the page. */
export interface Arrival {
  readonly images: readonly Element[]
  /** Those who may say something about them, nearest first. */
  readonly places: readonly Element[]
  /** What those of `replacing` come in the place of; all of them unless given. */
  readonly replaced?: Element | undefined
  readonly replacing?: readonly Element[]
}

/** Rewrites them. Gives the addresses that those had which come through gip now. */
export function rewriteAll({ images, places, replaced, replacing = images }: Arrival, config: Config, read: Read): readonly string[] {
  if (replaced) carry(replaced, replacing)
  return images.flatMap((image) => {
    const settings = settingsOf(image, places, read)
    if (settings.alt != null && image.matches('img:not([alt])')) image.setAttribute('alt', settings.alt)
    return rewrite(image, config, settings) ? originalOf(image) : []
  })
}
