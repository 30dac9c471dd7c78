import type { Deps } from './env.ts'

/** A time limit that aborts what it is given to, and can be started again. */
export interface Deadline {
  readonly signal: AbortSignal
  /** Starts the time, or starts it again. */
  within(milliseconds: number): void
  ranOut(): boolean
  /** Ends the time, and aborts what still runs. */
  stop(): void
}

export function createDeadline(deps: Pick<Deps, 'after'>): Deadline {
  const controller = new AbortController()
  let ranOut = false
  let cancel = () => {}
  function expire(): void {
    ranOut = true
    controller.abort()
  }
  return {
    signal: controller.signal,
    within(milliseconds) {
      cancel()
      cancel = deps.after(milliseconds, expire)
    },
    ranOut: () => ranOut,
    stop() {
      cancel()
      controller.abort()
    },
  }
}
