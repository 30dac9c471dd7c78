import type { Deps, Storage } from './env.ts'

/** A bounded table that outlives the worker; the newest entries are kept. Nothing here rejects. */
export interface Book<T> {
  /** Whether `get` can be believed: the table was loaded, or cannot be had in time. */
  known(): boolean
  load(): Promise<unknown>
  get(key: string): T | undefined
  /** Holds from now on; resolves when it is stored. A value of undefined removes its entry. */
  set(entries: Readonly<Record<string, T | undefined>>): Promise<unknown>
  /** Forgets from now on; resolves when storage has forgotten too. */
  clear(): Promise<unknown>
}

/** Milliseconds. A database that does not open (browsers have had such bugs) must hold up no image. */
const PATIENCE = 200

export function createBook<T>(storage: Storage, most: number, deps: Pick<Deps, 'after'>): Book<T> {
  let entries = new Map<string, T>()
  let known = false
  let loading: Promise<unknown> | undefined
  let writes: Promise<unknown> = Promise.resolve()

  async function read(): Promise<void> {
    const stored = await storage.read()
    // What came meanwhile is newer than what was stored.
    if (stored instanceof Map) entries = new Map([...stored, ...entries])
  }
  function load(): Promise<unknown> {
    const patience = new Promise<void>((resolve) => void deps.after(PATIENCE, resolve))
    return (loading ??= Promise.race([read(), patience]).then(() => (known = true)))
  }
  return {
    known: () => known,
    load,
    get: (key) => entries.get(key),
    async set(changes) {
      await load()
      for (const [key, value] of Object.entries(changes)) {
        entries.delete(key)
        if (value !== undefined) entries.set(key, value)
      }
      entries = new Map([...entries].slice(-most))
      return (writes = writes.then(() => storage.write(entries)))
    },
    clear() {
      entries = new Map()
      return (writes = writes.then(storage.clear))
    },
  }
}
