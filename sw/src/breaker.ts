/**
 * A circuit breaker as plain data, so that it can be stored and read back: a worker that the
 * browser kills between two pages must not forget that the backend is down. Times are
 * milliseconds since the epoch.
 */
export interface Breaker {
  /** When the recent failures happened; empty while open. */
  readonly failures: readonly number[]
  /** Whether it opened and no trial has succeeded since. */
  readonly open: boolean
  /** When the last bypass ends, or ended. */
  readonly until: number
  /** How long the last bypass was. */
  readonly bypass: number
}

/** `trial`: one request may find out whether the backend is back, all others keep away from it. */
export type Verdict = 'closed' | 'open' | 'trial'

const LIMIT = 3
const WINDOW = 30_000
const FIRST_BYPASS = 60_000
const LONGEST_BYPASS = 3_600_000
/** A backend that worked this long after a bypass starts again with the first one. */
const FORGIVEN = 600_000

export const CLOSED: Breaker = { failures: [], open: false, until: 0, bypass: 0 }

export function verdict(breaker: Breaker, now: number): Verdict {
  if (!breaker.open) return 'closed'
  // The second half guards against a clock that was set back: nobody waits longer than the bypass.
  return now < breaker.until && breaker.until - now <= breaker.bypass ? 'open' : 'trial'
}

/** The breaker after a failure. One that was under way when it opened changes nothing. */
export function failed(breaker: Breaker, now: number): Breaker {
  const state = verdict(breaker, now)
  if (state === 'open') return breaker
  const failures = [...breaker.failures.filter((at) => Math.abs(now - at) < WINDOW), now]
  if (state === 'closed' && failures.length < LIMIT) return { ...breaker, failures }
  const first = state === 'closed' && now - breaker.until > FORGIVEN
  const bypass = first ? FIRST_BYPASS : Math.min(breaker.bypass * 2, LONGEST_BYPASS)
  return { failures: [], open: true, until: now + bypass, bypass }
}

/** The breaker after the backend answered as it should. The same object when that changes nothing. */
export function succeeded(breaker: Breaker, now: number): Breaker {
  return verdict(breaker, now) === 'trial' ? { ...breaker, open: false } : breaker
}
