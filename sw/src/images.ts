import { rewrite, withoutFragment } from '../../clients/core/src/rewrite.ts'
import { ask } from './ask.ts'
import type { Book } from './book.ts'
import { hintOf, rungFor, type Boxes } from './boxes.ts'
import type { Deps, ImageEvent } from './env.ts'
import type { Guard } from './guard.ts'
import type { Delivered, Journal } from './journal.ts'
import type { Memory } from './memory.ts'
import { whyNot } from './permission.ts'
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

/** What the worker knows besides its state. */
export interface Knowledge {
  readonly memory: Memory
  readonly journal: Journal
  /** By page. */
  readonly boxes: Book<Boxes>
  /** By source. */
  readonly tokens: Book<string>
}

export function createImages(known: Knowledge, guard: Guard, deps: Deps): Images {
  const { memory, journal, boxes, tokens } = known

  async function optionsFor({ request, clientId }: ImageEvent, source: string): Promise<Pick<Delivered, 'low' | 'width'>> {
    const { config, reduce } = memory.state() ?? {}
    const low = reduce === true || /^on\b/i.test(request.headers.get('save-data') ?? '')
    await boxes.load()
    const page = boxes.get((await deps.pageOf(clientId)) ?? '')
    const width = rungFor(page, source, hintOf(request.headers), low, config?.widths ?? [])
    return { width, low: low && config?.qualities['low'] !== undefined }
  }
  function addressOf(source: string, { width, low }: Pick<Delivered, 'low' | 'width'>): string {
    const token = tokens.get(source)
    const name = deps.site.replace(/\..*/, '')
    const base = token ? `u/${name}.${token}` : `s/${deps.site}`
    return rewrite(`${deps.endpoint}/${base}`, source, `${width ? `w:${width}/` : ''}${low ? 'q:low/' : ''}f:auto`)
  }
  return {
    sourceOf(request) {
      const source = withoutFragment(request.url)
      const isSigned = Boolean(tokens.get(source))
      const reason = whyNot(source, memory.state(), deps.endpoint, isSigned) ?? (guard.admits() ? undefined : 'breaker')
      if (!reason) return source
      journal.left(source, reason)
      return undefined
    },
    async answer(event, source) {
      const leave = guard.enter()
      const start = deps.now()
      const options = await optionsFor(event, source)
      const outcome = await ask(addressOf(source, options), event.request, deps)
      event.waitUntil(leave(outcome))
      if (typeof outcome === 'string') {
        journal.left(source, outcome)
        // A token that opens nothing any more: the page may ask for another.
        if (outcome === 'refused' && tokens.get(source)) event.waitUntil(tokens.set({ [source]: undefined }))
        return deps.fetch(event.request)
      }
      const { response, type, bytes } = outcome
      const cache = response.headers.get('x-gip-cache') ?? undefined
      journal.delivered(source, { type, bytes, ...options, cache, time: deps.now() - start })
      return response
    },
    async deny(url) {
      const source = withoutFragment(url)
      await memory.load()
      const state = memory.state()
      if (!state || !journal.hasDelivered(source)) return false
      if (!state.denied.includes(source)) {
        await memory.set(deny(state, source))
        await guard.blame()
      }
      return true
    },
    report() {
      const rows = Object.entries(journal.entries())
      return Object.fromEntries(rows.flatMap(([source, { delivered, reason }]) => (delivered && !reason ? [[source, delivered]] : [])))
    },
  }
}
