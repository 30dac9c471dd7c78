import { createCore, type Core } from '../../src/core.ts'
import type { Deps, Storage } from '../../src/env.ts'

export const ENDPOINT = 'https://img.example'
export const SITE = 'blog.dG9rZW4tb2Ytc2l4dGVlbg'
export const BASE = `${ENDPOINT}/s/${SITE}`
export const PHOTO = 'https://blog.example/photos/a.jpg'
export const PAGE = 'https://blog.example/2026/post.html'
export const ORIGINAL = 'original'

export const CONFIG = {
  v: 1,
  site: SITE,
  endpoint: ENDPOINT,
  sources: ['https://blog.example/photos/'],
  widths: [320, 640, 960, 1200],
  qualities: { low: 45 },
  mode: 'on',
}

/** A request as a page's <img> makes it. Node cannot construct one with a destination. */
export function imageRequest(url = PHOTO, change: Partial<Record<keyof Request, unknown>> = {}): Request {
  const headers = new Headers({ accept: 'image/avif,image/webp,*/*;q=0.8' })
  const request = { url, method: 'GET', destination: 'image', mode: 'no-cors', credentials: 'include', headers, ...change }
  return request as unknown as Request
}

/** An answer as it comes over CORS. Node gives its own the type "default". */
export function corsResponse(body: BodyInit | null, init: ResponseInit = {}, type = 'cors'): Response {
  return Object.defineProperty(new Response(body, init), 'type', { value: type })
}

export function avif(body: BodyInit = 'avif bytes'): Response {
  return corsResponse(body, { headers: { 'content-type': 'image/avif', 'x-powered-by': 'hidden' } })
}

/** Answers a URL; it may reject, wait for the signal, or throw. */
export type Backend = (url: string, init: RequestInit) => Response | Promise<Response>

export interface World {
  readonly deps: Deps
  /** URLs that were asked for, the originals as `original URL`. */
  readonly asked: string[]
  /** What storage holds. */
  stored: unknown
  /** What the database holds, by book. */
  readonly books: Record<string, unknown>
  unregistered: boolean
  backend: Backend
  clock: number
  /** Runs the timers that are due within so many milliseconds. */
  pass(milliseconds: number): Promise<void>
}

/** A world with a backend, a clock that stands still and a storage that outlives workers. */
export function createWorld(change: Partial<Deps> = {}): World {
  let timers: { at: number; fn: () => void }[] = []
  const bookStorage = (name: string): Storage => ({
    read: async () => world.books[name],
    write: async (value) => void (world.books[name] = structuredClone(value)),
    clear: async () => void delete world.books[name],
  })
  const world: World = {
    asked: [],
    stored: undefined,
    books: {},
    unregistered: false,
    backend: (url) => (url.endsWith('/config.json') ? Response.json(CONFIG) : avif()),
    clock: 1_000_000,
    async pass(milliseconds) {
      world.clock += milliseconds
      const due = timers.filter((timer) => timer.at <= world.clock)
      timers = timers.filter((timer) => timer.at > world.clock)
      for (const timer of due) timer.fn()
      await settle()
    },
    deps: {
      endpoint: ENDPOINT,
      site: SITE,
      guest: false,
      timeout: 800,
      async fetch(input, init) {
        world.asked.push(typeof input === 'string' ? input : `${ORIGINAL} ${input.url}`)
        return typeof input === 'string' ? world.backend(input, init ?? {}) : new Response(ORIGINAL)
      },
      now: () => world.clock,
      after(milliseconds, fn) {
        const timer = { at: world.clock + milliseconds, fn }
        timers.push(timer)
        return () => void (timers = timers.filter((other) => other !== timer))
      },
      storage: {
        read: async () => world.stored,
        write: async (value) => void (world.stored = structuredClone(value)),
        clear: async () => void (world.stored = undefined),
      },
      boxes: bookStorage('boxes'),
      tokens: bookStorage('tokens'),
      pageOf: async (id) => id,
      unregister: async () => (world.unregistered = true),
      ...change,
    },
  }
  return world
}

/** A backend that never answers; it ends when the caller gives up. */
export function hang(_url: string, init: RequestInit): Promise<Response> {
  return new Promise((_, reject) => init.signal?.addEventListener('abort', () => reject(new Error('aborted'))))
}

/** Lets everything run that waits for nothing but its turn. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}

export interface Sent {
  /** What respondWith got; undefined when the request was left to the browser. */
  readonly response: Promise<Response> | undefined
  /** Resolves when all background work is done. */
  readonly done: Promise<unknown>
}

export function sendImage(core: Core, request = imageRequest()): Sent {
  const work: Promise<unknown>[] = []
  let response: Promise<Response> | undefined
  core.onFetch({ request, clientId: PAGE, respondWith: (answer) => (response = answer), waitUntil: (promise) => work.push(promise) })
  return { response, done: Promise.resolve(response).then(() => settle()).then(() => Promise.all(work)) }
}

/** Sends a message as a page does, and gives what the worker answered. */
export async function sendMessage(core: Core, data: unknown): Promise<unknown> {
  const work: Promise<unknown>[] = []
  let answer: unknown
  const port = { postMessage: (message: unknown) => (answer = message) }
  core.onMessage({ data, ports: [port], source: { url: PAGE }, waitUntil: (promise) => work.push(promise) })
  await Promise.all(work)
  return answer
}

/** A worker that is installed and has its config. */
export async function startCore(world: World): Promise<Core> {
  const core = createCore(world.deps)
  const work: Promise<unknown>[] = []
  core.onActivate({ waitUntil: (promise) => work.push(promise) })
  await Promise.all(work)
  await sendMessage(core, { gip: 'config', config: CONFIG })
  return core
}

/** What the visitor sees: the bytes, or `browser` when the worker kept out of it. */
export async function see(core: Core, request = imageRequest()): Promise<string> {
  const sent = sendImage(core, request)
  const text = sent.response ? await (await sent.response).text() : 'browser'
  await sent.done
  return text
}
