import { withoutFragment } from '../../clients/core/src/rewrite.ts'
import { follow, parseBoxes } from './boxes.ts'
import type { Deps } from './env.ts'
import type { Knowledge } from './images.ts'
import { isSignable } from './permission.ts'

/** What pages tell about themselves. */
export interface Pages {
  /** Takes what a page says of its images and its visitor; gives the sources that it should get tokens for. */
  hear(page: string, said: Record<string, unknown>): Promise<readonly string[]>
  /** Takes tokens that a page got, by source; an empty one says that there is none to get. */
  sign(tokens: unknown): Promise<unknown>
}

/** As many as the backend signs at once. */
const MOST_UNSIGNED = 100

export function createPages({ memory, boxes, tokens }: Omit<Knowledge, 'journal'>, deps: Deps): Pages {
  return {
    async hear(page, { dpr, images, reduce, shown }) {
      await Promise.all([memory.load(), boxes.load(), tokens.load()])
      const state = memory.state()
      if (!state || state.off) return []
      if (typeof reduce === 'boolean' && reduce !== state.reduce) await memory.set({ ...state, reduce })
      const key = withoutFragment(page)
      if (images) await boxes.set({ [key]: follow(boxes.get(key), parseBoxes(dpr, images)) })
      const sources = Array.isArray(shown) ? shown.filter((url) => typeof url === 'string') : []
      return sources.filter((url) => tokens.get(url) === undefined && isSignable(url, memory.state(), deps.endpoint)).slice(0, MOST_UNSIGNED)
    },
    async sign(given) {
      if (memory.state()?.config?.sign !== true) return
      const good = Object.entries(Object(given)).filter((entry): entry is [string, string] => /^([\w-]{22})?$/.test(`${entry[1]}`))
      return tokens.set(Object.fromEntries(good))
    },
  }
}
