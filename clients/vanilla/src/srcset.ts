import { url, type Config } from '@gip4all/core'

/** An address, which may hold commas but not end with one; then what it is for. */
const CANDIDATE = /[\s,]*(\S*[^\s,])((?:\s+[^\s,(]+(?:\([^)]*\))?)*)\s*(?:,|$)/g

/**
 * An author's own srcset by way of the backend: the same candidates, each as wide as it was, so
 * that the browser chooses as before and no layout changes.
 */
export function rewriteSrcset(config: Config | undefined, srcset: string): string {
  const candidates = [...srcset.matchAll(CANDIDATE)].map(([, src, descriptors]) => [src!, descriptors!] as const)
  if (candidates.every(([src]) => url(config, src) === src)) return srcset
  return candidates.map(([src, descriptors]) => url(config, src) + descriptors).join(', ')
}
