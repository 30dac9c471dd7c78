import type { Storage } from './env.ts'

/** Ours, and only ours: the rest of the site's storage is never opened, listed or deleted. */
const CACHE = 'gip'
const KEY = '/gip-state'

/** Keeps the worker's state in Cache Storage, which every browser with workers has. */
export function cacheStorage(caches: CacheStorage): Storage {
  return {
    // match, unlike open, does not make the cache that it does not find.
    read: quiet(async () => (await caches.match(KEY, { cacheName: CACHE }))?.json()),
    write: quiet(async (value: unknown) => (await caches.open(CACHE)).put(KEY, new Response(JSON.stringify(value)))),
    clear: quiet(async () => void (await caches.delete(CACHE))),
  }
}

/** A worker without storage still works; it only forgets. */
function quiet<A extends readonly unknown[], T>(work: (...args: A) => Promise<T>): (...args: A) => Promise<T | undefined> {
  return (...args) => work(...args).catch(() => undefined)
}
