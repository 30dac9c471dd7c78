import { createControl } from './control.ts'
import type { Deps, ImageEvent, Lifetime, MessageEventLike } from './env.ts'
import { createGuard } from './guard.ts'
import { createImages } from './images.ts'
import { createMemory } from './memory.ts'
import { isPlainImage } from './route.ts'

/** What the worker does with its events. Nothing here throws: a page's images depend on it. */
export interface Core {
  onActivate(event: Lifetime): void
  onMessage(event: MessageEventLike): void
  onFetch(event: ImageEvent): void
}

export function createCore(deps: Deps): Core {
  const base = `${deps.endpoint}/s/${deps.site}`
  const memory = createMemory(deps.storage, base)
  const control = createControl(base, memory, deps)
  const images = createImages(base, memory, createGuard(memory, deps), deps)

  function respond(event: ImageEvent): Promise<Response> | undefined {
    const source = images.sourceOf(event.request)
    return source === undefined ? undefined : images.answer(event, source)
  }
  return {
    onActivate: (event) => event.waitUntil(control.start()),
    onMessage(event) {
      const { gip, config, url } = (event.data ?? {}) as Record<string, unknown>
      const reply = (answer: unknown) => event.ports[0]?.postMessage(answer)
      if (gip === 'config') event.waitUntil(control.configure(config))
      if (gip === 'kill') event.waitUntil(control.kill())
      if (gip === 'deny') event.waitUntil(images.deny(`${url}`).then(reply))
      if (gip === 'report') reply(images.report())
    },
    onFetch(event) {
      if (!isPlainImage(event.request)) return
      // The browser wants to know at once whether we answer. Only the first images of a worker's
      // life are taken over before it is known what to do with them.
      const response = memory.known()
        ? respond(event)
        : memory.load().then(() => respond(event) ?? deps.fetch(event.request))
      if (response) event.respondWith(response)
      event.waitUntil(control.refresh())
    },
  }
}
