import { attrs, type Attributes } from './attrs.ts'
import { isFluid, NOMINAL_WIDTH, sizeOf, type Size } from './box.ts'
import { candidates, type Candidates, type Choice } from './candidates.ts'
import type { Config } from './config.ts'
import { rungsOf } from './ladder.ts'
import type { Dimensions, Props } from './props.ts'
import { sourceOf } from './source.ts'
import { addressOf } from './url.ts'

/** Another image for other screens. It has dimensions of its own, which browsers take over. */
export type ArtDirected = { readonly media: string; readonly src: string; readonly sizes?: string | undefined } & Dimensions

/** The props of an image, and which images to show in its place. The first whose media matches wins. */
export type PictureProps = Props & { readonly sources?: readonly ArtDirected[] | undefined }

/** The attributes of a `<source>`, in the order in which they are to be set, without those that are undefined. */
export interface SourceAttributes extends Size {
  readonly media?: string | undefined
  readonly sizes?: string | undefined
  readonly srcset: string
}

/** A `<picture>`: its `<source>` elements, then its `<img>`. */
export interface Picture {
  readonly sources: readonly SourceAttributes[]
  readonly img: Attributes
}

/** For visitors who ask for less data: the site's lowest level, at no more than one pixel for each of CSS. */
const REDUCED = '(prefers-reduced-data: reduce)'

/**
 * The attributes of a `<picture>`. On failure show `picture(undefined, props)`: the originals,
 * each for its own screens.
 */
export function picture(config: Config | undefined, props: PictureProps): Picture {
  const directed = props.sources ?? []
  const img = attrs(config, directed[0] ? loosen(props) : props)
  const sources = directed.flatMap((each) => pair(config, props, img, each))
  // The image itself is the last choice: of its own pair only that for less data.
  const own = pair(config, props, img).slice(0, -1)
  return { sources: [...sources, ...own], img }
}

/** What of an image's props decides about its sources. */
interface Shown extends Choice {
  readonly src: string
}

/** The source for those who ask for less data, and the source for everybody else. */
function pair(config: Config | undefined, props: Shown, { loading }: Attributes, directed?: ArtDirected): readonly SourceAttributes[] {
  const { src, sizes = props.sizes } = directed ?? props
  const size = directed && sizeOf(directed)
  const choice = { ...props, ...sizeOf(props), sizes, loading }
  const build = (media: string | undefined, quality: string | undefined, rungs: readonly number[]): SourceAttributes => {
    const address = addressOf(config, src, { ...props, quality })
    const { sizes, srcset = address ? address() : inSrcset(src) }: Candidates = address ? candidates(address, rungs, choice) : {}
    return { media, sizes, srcset, ...size }
  }
  const widths = config?.widths ?? []
  const full = build(directed?.media, props.quality, rungsOf(widths, choice))
  const less = reducedMedia(directed?.media)
  if (!less || !sourceOf(config, src)) return [full]
  // One pixel for each of CSS; an image whose width nobody said keeps its own.
  const fewer = rungsOf(widths, { width: isFluid(choice) ? NOMINAL_WIDTH : choice.width }, 1)
  return [build(less, lowest(config!), fewer), full]
}

/** Media of its own that a condition cannot simply be added to has no source for less data. */
function reducedMedia(media = ''): string | undefined {
  return /\b(not|or)\b|,/i.test(media) ? undefined : media + (media && ' and ') + REDUCED
}

function lowest({ qualities }: Config): string | undefined {
  return Object.keys(qualities).sort((a, b) => qualities[a]! - qualities[b]!)[0]
}

/** The height is that of whichever source is shown: browsers take the ratio from its attributes. */
function loosen(props: Props): Props {
  if (props.fill || props.unstyled || !sizeOf(props).width) return props
  return { ...props, style: { aspectRatio: undefined, height: 'auto', ...props.style } }
}

/** A page's own address as a srcset may hold it: spaces, and commas at its ends, would end it. */
function inSrcset(src: string): string {
  return src.trim().replace(/\s|^,|,$/g, encodeURIComponent)
}
