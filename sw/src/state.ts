import { CLOSED, type Breaker } from './breaker.ts'
import { parseConfig, type SiteConfig } from '../../clients/core/src/config.ts'

/** What outlives the worker. That it is there at all says that nobody has killed this worker. */
export interface State {
  readonly v: 1
  /** `{endpoint}/s/{site}`: what is stored under another base belongs to another setup. */
  readonly base: string
  readonly config: SiteConfig | undefined
  /** When the config was last confirmed, milliseconds since the epoch. */
  readonly at: number
  readonly breaker: Breaker
  /** Image URLs whose answer a page could not decode; the newest are kept. */
  readonly denied: readonly string[]
  /** Set by a kill where the worker must live on, because it is not ours alone. */
  readonly off: boolean
  /** The visitor wants fewer bytes rather than better pictures. */
  readonly reduce: boolean
}

const MOST_DENIED = 100

export function newState(base: string): State {
  return { v: 1, base, config: undefined, at: 0, breaker: CLOSED, denied: [], off: false, reduce: false }
}

/** Reads what a former life of the worker stored for the same base; undefined when there is none. */
export function parseState(value: unknown, base: string): State | undefined {
  const stored = value as (Partial<State> & { config?: unknown }) | undefined
  if (stored?.v !== 1 || stored.base !== base) return undefined
  const config = stored.config && parseConfig({ v: 1, ...stored.config })
  return { ...newState(base), ...stored, config: config || undefined }
}

export function deny(state: State, url: string): State {
  return { ...state, denied: [...state.denied.filter((known) => known !== url), url].slice(-MOST_DENIED) }
}
