import { rewrite, withoutFragment } from '../../clients/core/src/rewrite.ts'
import { sourceOf } from '../../clients/core/src/source.ts'
import { ask } from './ask.ts'
import type { Deps, ImageEvent } from './env.ts'
import type { Guard } from './guard.ts'
import type { Memory } from './memory.ts'
import { deny } from './state.ts'

/** Answers images by way of the backend, and by the original on any doubt. */
export interface Images {
  /** The source to ask the backend for; undefined leaves the request to the browser. */
  sourceOf(request: Request): string | undefined
  /** Rejects only when the original itself cannot be had. */
  answer(event: ImageEvent, source: string): Promise<Response>
  /** A page could not decode this URL: whether that was our answer. It then stays the original. */
  deny(url: string): Promise<boolean>
  /** What was answered in this life of the worker, by source; not what was an original since. */
  report(): Record<string, Delivered>
}

export interface Delivered {
  readonly bytes: number
  readonly type: string
}

/** How many answered URLs are remembered, for pages that complain or want to know. */
const MOST_SERVED = 1_000

export function createImages(base: string, memory: Memory, guard: Guard, deps: Deps): Images {
  const served = new Map<string, Delivered>()
  // The original was given after our answer. A page that is still unhappy with ours may deny it.
  const superseded = new Set<string>()

  function remember(source: string, delivered: Delivered): void {
    const [oldest] = served.keys()
    if (served.size >= MOST_SERVED && oldest) {
      served.delete(oldest)
      superseded.delete(oldest)
    }
    served.set(source, delivered)
    superseded.delete(source)
  }
  return {
    sourceOf(request) {
      const source = withoutFragment(request.url)
      const state = memory.state()
      // Where the backend is, the site's own shim says; a config may come from anywhere.
      const config = state?.config && { ...state.config, endpoint: deps.endpoint }
      const wanted = !state?.off && sourceOf(config, source) !== undefined && guard.admits()
      if (wanted && !state?.denied.includes(source)) return source
      if (served.has(source)) superseded.add(source)
      return undefined
    },
    async answer(event, source) {
      const leave = guard.enter()
      const outcome = await ask(rewrite(base, source), event.request, deps)
      event.waitUntil(leave(outcome))
      if (typeof outcome === 'string') {
        if (served.has(source)) superseded.add(source)
        return deps.fetch(event.request)
      }
      const { response, ...delivered } = outcome
      remember(source, delivered)
      return response
    },
    async deny(url) {
      const source = withoutFragment(url)
      await memory.load()
      const state = memory.state()
      if (!state || !served.has(source)) return false
      if (!state.denied.includes(source)) {
        await memory.set(deny(state, source))
        await guard.blame()
      }
      return true
    },
    report: () => Object.fromEntries([...served].filter(([source]) => !superseded.has(source))),
  }
}
