import type { Config } from './config.ts'
import { isListed, parseURL } from './sources.ts'

/** What deciding about a source needs. */
export type SourceConfig = Pick<Config, 'endpoint' | 'sources' | 'queries' | 'mode' | 'base' | 'skipGif'>

/**
 * The address that the backend is asked for when a page says `src`; undefined leaves the image
 * to the page: gip is off, the site does not list it, or there is nothing to gain.
 */
export function sourceOf(config: SourceConfig | undefined, src: string): string | undefined {
  if (config?.mode !== 'on') return undefined
  const url = parseURL(src, config.base)
  const isLeft =
    !url ||
    !isRewritable(url, config.endpoint) ||
    !isListed(config.sources, url) ||
    (url.search && !config.queries) ||
    (config.skipGif && /\.gif$/i.test(url.pathname))
  if (isLeft) return undefined
  url.hash = ''
  return url.href
}

/** Whether the backend can do anything for this URL. Vectors and icons stay as they are. */
export function isRewritable(url: URL, endpoint: string): boolean {
  return (
    !url.username &&
    !/\.(svgz?|ico)$/i.test(url.pathname) &&
    // The backend's own answers must not go around again; its other paths are none of its images.
    !/^\/[su]\//.test(url.href.replace(endpoint, ''))
  )
}
