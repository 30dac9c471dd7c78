/**
 * The service worker's core. A site hosts one line at its root and imports the rest from here:
 *
 *     self.gip={endpoint:"https://img.example",site:"NAME.TOKEN"};importScripts(gip.endpoint+"/gip-worker.js")
 *
 * A site that has a worker of its own adds the same line to it with `module:true`; this core then
 * only listens, and leaves the worker's life to the site.
 *
 * This file holds the listeners and nothing else. On any doubt an image is left to the browser.
 */
import { createCore } from './core.ts'
import { databaseStorage } from './database.ts'
import { cacheStorage } from './storage.ts'

declare const self: ServiceWorkerGlobalScope & { readonly gip: Setup }

/** What the shim says. */
interface Setup {
  readonly endpoint: string
  readonly site: string
  readonly module?: boolean
  /** Milliseconds that an image may take to begin; then the visitor gets the original. */
  readonly timeout?: number
}

/** Chromium 123 and Safari 27 know this; the types do not. */
interface RoutingEvent extends ExtendableEvent {
  addRoutes?(rule: { condition: { not: { requestDestination: string } }; source: 'network' }): Promise<void>
}

/** A visitor would rather see the original now than a smaller image later. */
const TIMEOUT = 800

const guest = self.gip.module === true
const core = createCore({
  endpoint: self.gip.endpoint.replace(/\/+$/, ''),
  site: self.gip.site,
  guest,
  timeout: Number(self.gip.timeout) || TIMEOUT,
  fetch: (input, init) => fetch(input, init),
  now: () => Date.now(),
  after(milliseconds, fn) {
    const timer = setTimeout(fn, milliseconds)
    return () => clearTimeout(timer)
  },
  storage: cacheStorage(caches),
  boxes: databaseStorage(indexedDB, 'boxes'),
  tokens: databaseStorage(indexedDB, 'tokens'),
  pageOf: async (id) => (await self.clients.get(id).catch(() => undefined))?.url.replace(/#.*/s, ''),
  unregister: () => self.registration.unregister().catch(() => false),
})

self.addEventListener('install', (event: RoutingEvent) => {
  if (guest) return
  event.waitUntil(self.skipWaiting())
  // Everything but images need not even start this worker. A browser may know older rules only.
  try {
    const routed = event.addRoutes?.({ condition: { not: { requestDestination: 'image' } }, source: 'network' })
    event.waitUntil(Promise.resolve(routed).catch(() => undefined))
  } catch {
    // It then asks this worker about every request, as all browsers did before.
  }
})

self.addEventListener('activate', (event) => {
  core.onActivate(event)
  if (!guest) event.waitUntil(self.clients.claim())
})

self.addEventListener('message', (event) => core.onMessage({
  data: event.data,
  ports: event.ports,
  source: event.source instanceof Client ? event.source : null,
  waitUntil: (work) => event.waitUntil(work),
}))
self.addEventListener('fetch', (event) => core.onFetch(event))
