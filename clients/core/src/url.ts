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

/** The addresses of one source by way of the backend. */
export type Address = (options: URLOptions) => string

/** The address of `src` by way of the backend; `src` itself where the backend is not to be asked. */
export function url(config: Config | undefined, src: string, options: URLOptions = {}): string {
  return addressOf(config, src)?.(options) ?? src
}

/** The addresses of `src`; undefined where the backend is not to be asked. */
export function addressOf(config: Config | undefined, src: string): Address | undefined {
  const source = sourceOf(config, src)
  if (!config || !source) return undefined
  return (options) => rewrite(`${config.endpoint}/s/${config.site}`, source, segments(config, options))
}

function segments(config: Config, { width, quality = '', format = '', preset = '', placeholder }: URLOptions): string {
  const { presets, qualities, formats, widths } = config
  const known = presets.includes(preset)
  const w = width && rung(widths, width)
  return [
    known && `pr:${preset}`,
    placeholder && `ph:${placeholder}`,
    w && `w:${w}`,
    quality in qualities && `q:${quality}`,
    formats.includes(format) ? `f:${format}` : (!known || format) && 'f:auto',
  ]
    .filter(Boolean)
    .join('/')
}
