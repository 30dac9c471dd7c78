/** An image that came from the backend. */
export interface Delivered {
  readonly bytes: number
  readonly type: string
  /** The rung that was asked for; undefined: its own pixel dimensions. */
  readonly width?: number | undefined
  /** Whether it was asked for in low quality. */
  readonly low: boolean
  /** What the backend says about its caches. */
  readonly cache?: string | undefined
  /** Milliseconds that the visitor waited. */
  readonly time: number
}

/**
 * Why an image was left alone.
 * - `off`: the site or the visitor switched gip off, or the site's config is not known yet.
 * - `credentials`: it may depend on who asks. `kind`: a vector or an icon, or the backend's own.
 * - `query`, `unlisted`: the site does not let it. `denied`: a page could not decode it.
 * - `breaker`: the backend is not asked for now.
 * - `refused`, `failed`, `late`: the backend was asked.
 */
export type Reason =
  | 'off' | 'credentials' | 'kind' | 'query' | 'unlisted' | 'denied' | 'breaker' | 'refused' | 'failed' | 'late'

/** What became of one image: the last delivery, and why it has been an original since, if it has. */
export interface Entry {
  readonly delivered?: Delivered
  readonly reason?: Reason
}

/** What became of the images in this life of the worker, by source. */
export interface Journal {
  delivered(source: string, delivered: Delivered): void
  left(source: string, reason: Reason): void
  /** Whether our answer was ever given: a page that is unhappy with it may say so. */
  hasDelivered(source: string): boolean
  entries(): Record<string, Entry>
}

/** How many sources are remembered, for pages that complain or want to know. */
const MOST = 1_000

export function createJournal(): Journal {
  const entries = new Map<string, Entry>()

  function note(source: string, entry: Entry): void {
    entries.delete(source)
    entries.set(source, entry)
    const [oldest] = entries.keys()
    if (entries.size > MOST && oldest) entries.delete(oldest)
  }
  return {
    delivered: (source, delivered) => note(source, { delivered }),
    left: (source, reason) => note(source, { ...entries.get(source), reason }),
    hasDelivered: (source) => entries.get(source)?.delivered !== undefined,
    entries: () => Object.fromEntries(entries),
  }
}
