import type { Entry, Reason } from './journal.ts'

/** What the worker answers to `{ gip: 'diagnose' }`. */
export interface Diagnosis {
  readonly mode?: string
  readonly reduce?: boolean
  readonly images: Readonly<Record<string, Entry>>
}

const REASONS: Readonly<Record<Reason, string>> = {
  off: 'gip is off here, or the worker has no config yet',
  credentials: 'it may depend on who asks for it',
  kind: 'a vector, an icon, or already from gip',
  query: 'it has a query, which the site does not allow (queries: true)',
  unlisted: "it is not among the site's sources",
  denied: 'the browser could not decode what gip made of it',
  breaker: 'the backend failed too often; it gets a pause',
  refused: 'the backend refused it',
  failed: 'the backend failed',
  late: 'the backend took longer than a visitor should wait',
}

/** What a label says: bytes before and after, format, width, cache, time; or why there is nothing to say. */
export function labelOf(diagnosis: Diagnosis | undefined, entry: Entry | undefined, naturalWidth: number, original: number | undefined): string {
  const before = original === undefined ? 'unknown' : size(original)
  if (!diagnosis) return `original, ${before}\nno gip worker controls this page (reload it)`
  const { delivered, reason } = entry ?? {}
  if (reason) return `original, ${before}\n${REASONS[reason]}`
  if (!delivered) return `original, ${before}\nthe worker has not been asked for it`
  const { bytes, type, width, low, cache, time } = delivered
  const saved = original ? ` (${Math.round((bytes / original - 1) * 100)} %)` : ''
  const pixels = width ? `asked for w:${width}, is ${naturalWidth}` : `${naturalWidth} px, as the original`
  return [
    `${before} → ${size(bytes)}${saved}`,
    `${type.replace('image/', '')} · ${pixels}${low ? ' · q:low' : ''}`,
    `cache ${cache ?? 'unknown'} · ${Math.round(time)} ms`,
  ].join('\n')
}

function size(bytes: number): string {
  return bytes < 1_000 ? `${bytes} B` : `${(bytes / 1_000).toFixed(1)} kB`
}
