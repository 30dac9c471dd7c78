import type { Storage } from './env.ts'

/** Ours, and only ours; a kill deletes it whole. */
const DATABASE = 'gip'
const TABLE = 'books'

/** Keeps one value in IndexedDB, under the given key. Each use opens and closes, so that nothing blocks the end. */
export function databaseStorage(factory: IDBFactory, key: string): Storage {
  return {
    read: quiet(() => use(factory, 'readonly', (table) => table.get(key))),
    write: quiet((value: unknown) => use(factory, 'readwrite', (table) => table.put(value, key))),
    clear: quiet(() => settled(factory.deleteDatabase(DATABASE))),
  }
}

async function use(factory: IDBFactory, mode: IDBTransactionMode, ask: (table: IDBObjectStore) => IDBRequest): Promise<unknown> {
  const opening = factory.open(DATABASE, 1)
  opening.onupgradeneeded = () => {
    // Who only reads does not make the database that is not there: it may have been removed on purpose.
    if (mode === 'readonly') opening.transaction?.abort()
    else opening.result.createObjectStore(TABLE)
  }
  const database = await settled(opening)
  try {
    return await settled(ask(database.transaction(TABLE, mode).objectStore(TABLE)))
  } finally {
    database.close()
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('IndexedDB'))
  })
}

/** A worker without a database still works; it only forgets. */
function quiet<A extends readonly unknown[]>(work: (...args: A) => Promise<unknown>): (...args: A) => Promise<void> {
  return (...args) => work(...args).catch(() => undefined) as Promise<void>
}
