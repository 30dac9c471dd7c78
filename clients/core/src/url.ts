import type { Config } from './config.ts'
import { rung } from './ladder.ts'
import { rewrite } from './rewrite.ts'
import { sourceOf } from './source.ts'

/** What a browser may choose. What the site's config does not have is left out, never an error page. */
export interface URLOptions {
  /** CSS pixels times density; becomes the next rung of the ladder. */
  readonly width?: number | undefined
  /** The name of a level: `low`, `mid`, `high`, or the site's own. */
  readonly quality?: string | undefined
  /** Default `auto`: what the visitor's browser likes best. With a preset, the preset's own. */
  readonly format?: string | undefined
  /** The name of one of the site's presets. */
  readonly preset?: string | undefined
  /** Asks for what stands in for the image until it is there. */
  readonly placeholder?: Placeholder | undefined
}

/** `lqip` and `color` are images; the others are text for a script to read. */
export type Placeholder = 'lqip' | 'color' | 'blurhash' | 'thumbhash' | 'data'

/** What all addresses of one image have in common. */
export type Look = Pick<URLOptions, 'quality' | 'format' | 'preset'>

/** The addresses of one image by way of the backend, of some width, and perhaps with one more option. */
export type Address = (width?: number, option?: string) => string

/** The address of `src` by way of the backend; `src` itself where the backend is not to be asked. */
export function url(config: Config | undefined, src: string, options: URLOptions = {}): string {
  return addressOf(config, src, options)?.(options.width, options.placeholder && `ph:${options.placeholder}`) ?? src
}

/** The addresses of `src`; undefined where the backend is not to be asked. */
export function addressOf(config: Config | undefined, src: string, { quality, format, preset }: Look): Address | undefined {
  const source = sourceOf(config, src)
  if (!config || !source) return undefined
  // undefined is no list's member.
  const known = config.presets.includes(preset!)
  return (width, option) => {
    const segments = [
      known && `pr:${preset}`,
      option,
      width && config.widths[0] && `w:${rung(config.widths, width)}`,
      config.qualities[quality!] && `q:${quality}`,
      config.formats.includes(format!) ? `f:${format}` : (!known || format) && 'f:auto',
    ]
    return rewrite(`${config.endpoint}/s/${config.site}`, source, segments.filter(Boolean).join('/'))
  }
}
