import type { Ref } from 'vue'
import { MARK, type Config, type Picture } from '@gip4all/core'
import { isBroken } from '@gip4all/core/failures'

/** An image that could not be had through gip. */
export interface Failure {
  /** The original, which is shown from now on. */
  readonly src: string
  /** The address that failed. */
  readonly failed: string
}

/** Who is told what became of an image. */
export interface Report {
  /** Not even the original could be shown, or the page wants no fallback. */
  (event: 'error', payload: Event): void
  (event: 'fallback', payload: Failure): void
}

/** The fallback of one image. */
export interface Fallback {
  /** What is to be shown now: as the config has it, or the originals if that has failed. */
  choose(build: Build, config: Config | undefined): Picture
  /** Takes the element's error event; true where it is the page's no more: the original comes in the image's place. */
  fail(img: HTMLImageElement, event: Event): boolean
}

/** Computes an image for a config; without one it is its original. */
export type Build = (config?: Config) => Picture

/**
 * Remembers in `failed` the addresses that did, not that something did: the same ones are never asked for
 * again however often the page renders, and new ones are a new chance.
 */
export function createFallback(failed: Ref<string | undefined>, report: Report, isWanted: () => boolean): Fallback {
  let current: string
  return {
    choose(build, config) {
      const picture = build(config)
      current = [...picture.sources, picture.img].map(({ srcset }) => srcset) + picture.img.src
      if (failed.value !== current) return picture
      const { sources, img } = build()
      // Named behind `src`: Chromium asks the backend again where `srcset` or `sizes` is gone before the original is there.
      return { sources, img: { ...img, srcset: img.srcset, sizes: img.sizes } }
    },
    fail(img, event) {
      const src = isWanted() && img.getAttribute(MARK)
      // The original may be chosen and not yet rendered: an event that comes between is none of its own.
      // And Firefox tells of what failed when the original may be on its way already, or even there.
      if (failed.value === current && (src || !isBroken(img))) return true
      if (src) {
        failed.value = current
        report('fallback', { src, failed: img.currentSrc })
      } else report('error', event)
      return Boolean(src)
    },
  }
}
