import { isRewritable } from '../../clients/core/src/source.ts'
import { isListed, parseURL } from '../../clients/core/src/sources.ts'
import type { Reason } from './journal.ts'
import type { State } from './state.ts'

/**
 * Why the backend must not be asked for a source, as far as the site has a say; undefined: it may.
 * Where the backend is, the site's own shim says; a config may come from anywhere.
 */
export function whyNot(source: string, state: State | undefined, endpoint: string, isSigned: boolean): Reason | undefined {
  const config = state?.config
  const url = parseURL(source)
  if (!config || state?.off || config.mode !== 'on') return 'off'
  if (!url || !isRewritable(url, endpoint)) return 'kind'
  if (!isSigned && !isListed(config.sources, url)) return 'unlisted'
  if (url.search && !config.queries) return 'query'
  return state.denied.includes(source) ? 'denied' : undefined
}

/** Whether a page of this site may ask for a token for the source, which nothing else opens. */
export function isSignable(source: string, state: State | undefined, endpoint: string): boolean {
  const { config } = state ?? {}
  return (
    config?.sign === true &&
    /^https?:/.test(source) &&
    whyNot(source, state, endpoint, false) === 'unlisted' &&
    whyNot(source, state, endpoint, true) === undefined
  )
}
