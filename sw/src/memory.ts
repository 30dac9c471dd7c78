import type { Storage } from './env.ts'
import { parseState, type State } from './state.ts'

/** The worker's state: asked for at once after the first load, and stored behind every change. */
export interface Memory {
  /** Whether `state` can be believed: it was loaded or set in this life of the worker. */
  known(): boolean
  /** undefined: nothing is stored for this setup, or the worker was killed. */
  state(): State | undefined
  load(): Promise<void>
  /** Holds from now on; resolves when it is stored. */
  set(next: State): Promise<unknown>
  /** Forgets from now on; resolves when storage has forgotten too. */
  clear(): Promise<unknown>
}

export function createMemory(storage: Storage, base: string): Memory {
  let state: State | undefined
  let known = false
  let loading: Promise<void> | undefined
  // One write after the other: what storage holds in the end is the last change.
  let writes: Promise<unknown> = Promise.resolve()

  async function load(): Promise<void> {
    const stored = await storage.read()
    // A change that came first is newer than what was stored.
    if (!known) state = parseState(stored, base)
    known = true
  }
  function become(next: State | undefined, write: () => Promise<unknown>): Promise<unknown> {
    state = next
    known = true
    return (writes = writes.then(write))
  }
  return {
    known: () => known,
    state: () => state,
    load: () => (loading ??= load()),
    set: (next) => become(next, () => storage.write(next)),
    clear: () => become(undefined, storage.clear),
  }
}
