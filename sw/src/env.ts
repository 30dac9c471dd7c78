/** Everything the logic needs from the outside; tests give a fake one. */
export interface Deps {
  /** Where the backend is, without a slash at the end. */
  readonly endpoint: string
  /** NAME.TOKEN */
  readonly site: string
  /** Whether this is a guest in the site's own worker, whose lifetime is not ours to decide. */
  readonly guest: boolean
  /** Milliseconds until the first byte of an image from the backend. */
  readonly timeout: number
  fetch(input: string | Request, init?: RequestInit): Promise<Response>
  now(): number
  /** Runs fn after so many milliseconds, unless the returned function is called first. */
  after(milliseconds: number, fn: () => void): () => void
  readonly storage: Storage
  /** What pages said about their images. */
  readonly boxes: Storage
  /** Tokens of sources that the site does not list. */
  readonly tokens: Storage
  /** The address of the page that asks, without its fragment. */
  pageOf(clientId: string): Promise<string | undefined>
  /** Removes the registration of this worker. */
  unregister(): Promise<unknown>
}

/** One value that outlives the worker. Nothing here rejects: storage may be full or forbidden. */
export interface Storage {
  /** undefined when there is none. */
  read(): Promise<unknown>
  write(value: unknown): Promise<void>
  clear(): Promise<void>
}

/** The part of an ExtendableEvent that the logic uses. */
export interface Lifetime {
  waitUntil(work: Promise<unknown>): void
}

/** The part of a FetchEvent that the logic uses. */
export interface ImageEvent extends Lifetime {
  readonly request: Request
  readonly clientId: string
  respondWith(response: Promise<Response>): void
}

/** The part of an ExtendableMessageEvent that the logic uses. */
export interface MessageEventLike extends Lifetime {
  readonly data: unknown
  /** Who says it. */
  readonly source: { readonly url?: string } | null
  readonly ports: readonly { postMessage(message: unknown): void }[]
}
