import { createBook } from './book.ts'
import type { Boxes } from './boxes.ts'
import { createControl } from './control.ts'
import type { Deps, ImageEvent, Lifetime, MessageEventLike } from './env.ts'
import { createGuard } from './guard.ts'
import { createImages } from './images.ts'
import { createJournal } from './journal.ts'
import { createMemory } from './memory.ts'
import { createPages } from './pages.ts'
import { isPlainImage } from './route.ts'

/** What the worker does with its events. Nothing here throws: a page's images depend on it. */
export interface Core {
  onActivate(event: Lifetime): void
  onMessage(event: MessageEventLike): void
  onFetch(event: ImageEvent): void
}

/** How many pages and how many tokens are remembered. */
const MOST_PAGES = 100
const MOST_TOKENS = 1_000

export function createCore(deps: Deps): Core {
  const base = `${deps.endpoint}/s/${deps.site}`
  const memory = createMemory(deps.storage, base)
  const journal = createJournal()
  const boxes = createBook<Boxes>(deps.boxes, MOST_PAGES, deps)
  const tokens = createBook<string>(deps.tokens, MOST_TOKENS, deps)
  const known = { memory, journal, boxes, tokens }
  const control = createControl(base, known, deps)
  const images = createImages(known, createGuard(memory, deps), deps)
  const pages = createPages(known, deps)

  function respond(event: ImageEvent): Promise<Response> | undefined {
    const source = images.sourceOf(event.request)
    return source === undefined ? undefined : images.answer(event, source)
  }
  /** The browser wants to know at once whether we answer. Only the first images of a worker's
   *  life are taken over before it is known what to do with them. */
  function answer(event: ImageEvent): Promise<Response> | undefined {
    if (memory.known() && tokens.known()) return respond(event)
    return Promise.all([memory.load(), tokens.load()]).then(() => respond(event) ?? deps.fetch(event.request))
  }
  return {
    onActivate: (event) => event.waitUntil(control.start()),
    onMessage(event) {
      const { gip, config, url, ...said } = Object(event.data) as Record<string, unknown>
      const reply = (answer: unknown) => event.ports[0]?.postMessage(answer)
      if (gip === 'config') event.waitUntil(control.configure(config))
      if (gip === 'kill') event.waitUntil(control.kill())
      if (gip === 'deny') event.waitUntil(images.deny(`${url}`).then(reply))
      if (gip === 'page') event.waitUntil(pages.hear(event.source?.url ?? '', said).then(reply))
      if (gip === 'tokens') event.waitUntil(pages.sign(said['tokens']))
      if (gip === 'report') reply(images.report())
      if (gip === 'diagnose') reply({ mode: memory.state()?.config?.mode, reduce: memory.state()?.reduce, images: journal.entries() })
    },
    onFetch(event) {
      const { request } = event
      if (!isPlainImage(request)) return request.destination === 'image' ? journal.left(request.url, 'credentials') : undefined
      const response = answer(event)
      if (response) event.respondWith(response)
      event.waitUntil(control.refresh())
    },
  }
}
