import type { Outcome } from './ask.ts'
import { failed, succeeded, verdict } from './breaker.ts'
import type { Deps } from './env.ts'
import type { Memory } from './memory.ts'
import { isHealthy } from './remote.ts'

/** Keeps requests away from a backend that is down, by the breaker in the worker's state. */
export interface Guard {
  /** Whether a request may go to the backend now. */
  admits(): boolean
  /** To be called before such a request; what it returns, once with how it ended. */
  enter(): (outcome: Outcome) => Promise<void>
  /** Counts a failure that nobody asked for: a page could not decode what it got. */
  blame(): Promise<void>
}

export function createGuard(memory: Memory, deps: Deps): Guard {
  // The one request that finds out whether the backend is back.
  let trying = false
  let health: Promise<boolean> | undefined

  function healthy(): Promise<boolean> {
    return (health ??= isHealthy(deps).finally(() => (health = undefined)))
  }
  async function note(outcome: Outcome): Promise<void> {
    const well = outcome === 'late' ? await healthy() : outcome !== 'failed'
    const state = memory.state()
    if (!state) return
    const breaker = (well ? succeeded : failed)(state.breaker, deps.now())
    if (breaker !== state.breaker) await memory.set({ ...state, breaker })
  }
  function now(): 'closed' | 'open' | 'trial' {
    const breaker = memory.state()?.breaker
    return breaker ? verdict(breaker, deps.now()) : 'open'
  }
  return {
    admits: () => now() === 'closed' || (now() === 'trial' && !trying),
    enter() {
      const trial = now() === 'trial'
      trying ||= trial
      return async (outcome) => {
        await note(outcome)
        if (trial) trying = false
      }
    },
    blame: () => note('failed'),
  }
}
