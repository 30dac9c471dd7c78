/** What `GET {endpoint}/s/{site}/config.json` says; `backend/vectors/schema.json` fixes it. */
export interface SiteConfig {
  /** Where the backend is, without a slash at the end. */
  readonly endpoint: string
  /** NAME.TOKEN */
  readonly site: string
  readonly sources: readonly string[]
  /** The ladder: the widths that the backend makes. */
  readonly widths: readonly number[]
  readonly formats: readonly string[]
  /** Levels by name. */
  readonly qualities: Readonly<Record<string, number>>
  readonly presets: readonly string[]
  /** Sources with a query are answered too; they can be endless, so a site must say so. */
  readonly queries: boolean
  /** The site's pages may ask for tokens of sources that it does not list. */
  readonly sign: boolean
  readonly mode: Mode
}

/** A site's config, and what only the page knows. */
export interface Config extends SiteConfig {
  /** The page's address, against which relative sources are resolved. Without it they stay originals. */
  readonly base?: string
  /** Leaves GIFs as they are. */
  readonly skipGif?: boolean
}

/**
 * - `on`: images go through the backend.
 * - `bypass`: nothing does; a service worker stays.
 * - `unregister`: nothing does; a service worker removes itself and what it stored.
 */
export type Mode = 'on' | 'bypass' | 'unregister'

/**
 * Reads a config that came over the network, from a page or from storage. Anything but version 1
 * gives undefined: a config that is not understood must never rewrite an image. An unknown mode is
 * `bypass`, so that a later server can always stop an older client.
 */
export function parseConfig(value: unknown): SiteConfig | undefined {
  const { site, endpoint, sources, widths, formats, qualities, presets, queries, sign } = (value ?? {}) as Record<string, unknown>
  const mode = modeOf(value)
  if (!mode || typeof site !== 'string' || !Array.isArray(sources)) return undefined
  return {
    endpoint: typeof endpoint === 'string' ? endpoint.replace(/\/+$/, '') : '',
    site,
    sources: listOf(sources, isText),
    widths: listOf(widths, isNumber).sort((a, b) => a - b),
    formats: listOf(formats, isText),
    qualities: Object.fromEntries(Object.entries(qualities ?? {}).filter(([, level]) => isNumber(level))),
    presets: listOf(presets, isText),
    queries: queries === true,
    sign: sign === true,
    mode,
  }
}

/** The mode of a config, for those who need no more of it; undefined for what is not understood. */
export function modeOf(value: unknown): Mode | undefined {
  const { v, mode } = (value ?? {}) as Record<string, unknown>
  if (v !== 1) return undefined
  return mode === 'on' || mode === 'unregister' ? mode : 'bypass'
}

/** A new list of those that are what they should be. */
function listOf<T>(value: unknown, is: (item: unknown) => item is T): T[] {
  return Array.isArray(value) ? value.filter(is) : []
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isNumber = (value: unknown): value is number => typeof value === 'number'
