import type { Config } from './config.ts'
import { withoutFragment } from './rewrite.ts'
import { matcher, type Matcher } from './sources.ts'

/** What deciding about a source needs. */
export type SourceConfig = Pick<Config, 'endpoint' | 'sources' | 'queries' | 'mode' | 'base' | 'skipGif'>

/**
 * The address that the backend is asked for when a page says `src`; undefined leaves the image
 * to the page: gip is off, the site does not list it, or there is nothing to gain.
 */
export function sourceOf(config: SourceConfig | undefined, src: string): string | undefined {
  if (config?.mode !== 'on') return undefined
  const url = parse(src, config.base)
  const wanted =
    url !== undefined &&
    isRewritable(url, config.endpoint) &&
    (!url.search || config.queries) &&
    !(config.skipGif && /\.gif$/i.test(url.pathname)) &&
    isListed(config.sources, url)
  return wanted ? withoutFragment(url.href) : undefined
}

/** Whether the backend can do anything for this URL. Vectors and icons stay as they are. */
export function isRewritable(url: URL, endpoint: string): boolean {
  return (
    !url.username &&
    !/\.(svgz?|ico)$/i.test(url.pathname) &&
    // The backend's own answers must not go around again; its other paths are none of its images.
    !(url.href.startsWith(`${endpoint}/s/`) || url.href.startsWith(`${endpoint}/u/`))
  )
}

/** Patterns as compiled; a list is compiled once, and forgotten with its config. */
const compiled = new WeakMap<readonly string[], Matcher>()

function isListed(sources: readonly string[], url: URL): boolean {
  const matches = compiled.get(sources) ?? matcher(sources)
  compiled.set(sources, matches)
  return matches(url)
}

function parse(src: string, base: string | undefined): URL | undefined {
  try {
    return new URL(src, base)
  } catch {
    return undefined
  }
}
