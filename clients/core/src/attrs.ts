import { placeStyle, sizeOf } from './box.ts'
import { candidates } from './candidates.ts'
import type { Config } from './config.ts'
import { rungsOf } from './ladder.ts'
import type { Props, Style } from './props.ts'
import { addressOf } from './url.ts'

/**
 * The attributes of an `<img>`, in the order in which they are to be set, by their names in HTML.
 * Those that are undefined are not there.
 */
export interface Attributes {
  readonly loading?: 'lazy' | 'eager' | undefined
  readonly decoding?: 'async' | 'sync' | 'auto' | undefined
  readonly fetchpriority?: 'high' | 'low' | 'auto' | undefined
  readonly sizes?: string | undefined
  readonly srcset?: string | undefined
  readonly alt: string
  readonly width?: number | undefined
  readonly height?: number | undefined
  readonly style?: Style | undefined
  /** The original's address where `src` is the backend's, else ''. Attributes that have it are left as they are. */
  readonly 'data-gip': string
  /** Last: browsers that begin to load at once then know all the rest. */
  readonly src: string
}

/** The name of the attribute by which an image is known to be done. */
export const MARK = 'data-gip'

/**
 * The attributes for what an author says. Props that are not gip's (class, id, listeners, `data-…`)
 * are handed on. Without a config, with `mode` off, and for sources that the backend has nothing
 * to do with, the image keeps its own address; its place on the page is the same in every case.
 */
export function attrs<P extends Props>(config: Config | undefined, props: P & Foreign): Attributes {
  if (MARK in props) return props as Attributes & P
  const {
    // The attributes that have a place of their own …
    src, alt, srcset, sizes, style, priority, loading = priority ? 'eager' : 'lazy', fetchpriority = priority ? 'high' : undefined, decoding = 'async',
    // … and what is said to gip, not to the page.
    layout, fill, width, height, aspectRatio, unstyled, objectFit = 'cover', background, breakpoints, quality, format, preset, fallback, sources,
    ...rest
  }: Props & Foreign = props
  const size = sizeOf(props)
  const choice = { ...props, ...size, loading }
  const address = addressOf(config, src, props)
  return {
    loading,
    decoding,
    fetchpriority,
    // Before any address: `crossorigin` and `referrerpolicy` begin anew what WebKit has begun without them.
    ...rest,
    ...(address ? candidates(address, rungsOf(config!.widths, choice), choice) : srcset && { sizes, srcset }),
    alt,
    ...size,
    style: unstyled ? style : { objectFit, ...placeStyle(choice), background, ...style },
    [MARK]: address ? src : '',
    src: address ? address(size.width) : src,
  }
}

/**
 * What to set on failure: the original at its own address, in the same place. Whatever else may
 * choose an address goes first (`<source>` siblings, then sizes and srcset), then `src` is set, once.
 */
export function original<P extends Props>(props: P): Attributes {
  return attrs(undefined, props)
}

/** What an `<img>` or `<picture>` may have beside an image's props. A srcset of its own stays only with its own src. */
interface Foreign {
  readonly srcset?: string | undefined
  readonly sources?: unknown
}
