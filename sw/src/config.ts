/** What `GET {endpoint}/s/{site}/config.json` says; `backend/vectors/schema.json` fixes it. */
export interface SiteConfig {
  /** NAME.TOKEN */
  readonly site: string
  readonly sources: readonly string[]
  /** Sources with a query are answered too; they can be endless, so a site must say so. */
  readonly queries: boolean
  readonly mode: Mode
}

/**
 * - `on`: images go through the backend.
 * - `bypass`: the worker stays, and answers nothing.
 * - `unregister`: the worker removes itself and what it stored.
 */
export type Mode = 'on' | 'bypass' | 'unregister'

/**
 * Reads a config that came over the network, from a page or from storage. Anything but version 1
 * gives undefined: a config that is not understood must never rewrite an image. An unknown mode is
 * `bypass`, so that a later server can always stop an older worker.
 */
export function parseConfig(value: unknown): SiteConfig | undefined {
  const { v, site, sources, queries, mode } = (value ?? {}) as Record<string, unknown>
  if (v !== 1 || typeof site !== 'string' || !Array.isArray(sources)) return undefined
  return {
    site,
    sources: sources.filter((source) => typeof source === 'string'),
    queries: queries === true,
    mode: mode === 'on' || mode === 'unregister' ? mode : 'bypass',
  }
}
