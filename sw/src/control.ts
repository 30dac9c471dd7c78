import { parseConfig, type SiteConfig } from '../../clients/core/src/config.ts'
import type { Deps } from './env.ts'
import type { Knowledge } from './images.ts'
import { fetchConfig } from './remote.ts'
import { newState } from './state.ts'

/** Who may switch the worker on and off: a page by message, the backend by its config. */
export interface Control {
  /** Makes a worker that was just installed ready for its first config. */
  start(): Promise<void>
  /** Takes a config that a page sent. */
  configure(message: unknown): Promise<unknown>
  /** Asks the backend for the config, if the one at hand is old. */
  refresh(): Promise<unknown>
  /** Leaves every image alone from this moment on, and removes what is ours. */
  kill(): Promise<unknown>
}

/** Milliseconds until a config is asked for again. */
const CONFIG_AGE = 60_000

type Known = Omit<Knowledge, 'journal'>

export function createControl(base: string, { memory, boxes, tokens }: Known, deps: Deps): Control {
  let asked = -Infinity
  const load = () => Promise.all([memory.load(), tokens.load()])

  function kill(): Promise<unknown> {
    const books = [boxes.clear(), tokens.clear()]
    // A guest cannot leave; it remembers that it was told to.
    if (deps.guest) return Promise.all([memory.set({ ...newState(base), off: true }), ...books])
    return Promise.all([memory.clear(), ...books, deps.unregister()])
  }
  function adopt(config: SiteConfig): Promise<unknown> {
    if (config.mode === 'unregister' && !deps.guest) return kill()
    return memory.set({ ...(memory.state() ?? newState(base)), config, at: deps.now(), off: false })
  }
  function isDue(): boolean {
    const state = memory.state()
    const last = Math.max(state?.at ?? 0, asked)
    return state !== undefined && !state.off && Math.abs(deps.now() - last) >= CONFIG_AGE
  }
  return {
    kill,
    async start() {
      await load()
      if (!memory.state()) await memory.set(newState(base))
    },
    async configure(message) {
      await load()
      const config = parseConfig(message)
      return config?.site === deps.site ? adopt(config) : undefined
    },
    async refresh() {
      await memory.load()
      if (!isDue()) return
      asked = deps.now()
      const config = await fetchConfig(base, deps)
      const state = memory.state()
      // Killed or switched off while the question was under way: the answer must not revive it.
      if (!state || state.off || !config) return
      if (config !== 'refused') return adopt(config)
      return memory.set({ ...state, at: deps.now(), config: state.config && { ...state.config, mode: 'bypass' } })
    },
  }
}
