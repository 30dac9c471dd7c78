import { createDeadline } from './deadline.ts'
import type { Deps } from './env.ts'

/** An image that came whole. */
export interface Image {
  readonly response: Response
  readonly type: string
  readonly bytes: number
}

/**
 * What became of asking the backend for one image.
 * - `refused`: it answered, but not for this URL. It is well.
 * - `failed`: it is down, broken, or something else answers in its place.
 * - `late`: it may be well and only slow.
 */
export type Outcome = Image | 'refused' | 'failed' | 'late'

/** Milliseconds between two pieces of a body. */
const STALL = 5_000
/** CORS lets no longer Accept pass without asking first. */
const LONGEST_ACCEPT = 128

/** Headers that the page gets; the others belong to the connection with the backend. */
const KEPT = ['x-gip-cache', 'server-timing'] as const

/** Asks for an image and waits for the whole of it, so that a page never gets half an image. */
export async function ask(url: string, request: Request, deps: Deps): Promise<Outcome> {
  const deadline = createDeadline(deps)
  try {
    deadline.within(deps.timeout)
    const response = await deps.fetch(url, {
      mode: 'cors',
      credentials: 'omit',
      headers: hints(request.headers),
      signal: deadline.signal,
    })
    if (!response.ok) return isRefusal(response.status) ? 'refused' : 'failed'
    const type = response.headers.get('content-type') ?? ''
    // basic: the backend is on the site's own origin.
    if (!/^(cors|basic)$/.test(response.type) || !/^image\//i.test(type)) return 'failed'
    const body = await readAll(response, () => deadline.within(STALL))
    return looksLikeImage(body) ? rewrap(body, type, response.headers) : 'failed'
  } catch {
    return deadline.ranOut() ? 'late' : 'failed'
  } finally {
    deadline.stop()
  }
}

/** A 4xx is about one URL, except those that tell the visitor to come back later. */
export function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429
}

/** What negotiation depends on. Unless told, a worker's request says that it takes anything. */
function hints(from: Headers): Record<string, string> {
  const headers: Record<string, string> = {}
  const accept = from.get('accept')
  const saveData = from.get('save-data')
  if (accept && accept.length <= LONGEST_ACCEPT) headers['accept'] = accept
  if (saveData) headers['save-data'] = saveData
  return headers
}

type Pieces = readonly Uint8Array<ArrayBuffer>[]

async function readAll(response: Response, onPiece: () => void): Promise<Pieces> {
  const pieces: Uint8Array<ArrayBuffer>[] = []
  const reader = response.body!.getReader()
  for (;;) {
    onPiece()
    const { done, value } = await reader.read()
    if (done) return pieces
    pieces.push(value)
  }
}

/** What only claims to be an image is empty, or begins like a page. */
function looksLikeImage(pieces: Pieces): boolean {
  const first = pieces[0]?.[0]
  return first !== undefined && first !== 0x3c
}

/**
 * Pages see an answer of their own origin: it passes their CSP, and their canvases stay clean. The
 * browser caches what the worker fetched, under the backend's address. The page's own memory cache
 * must not keep it under the original's, or it would outlive a kill switch.
 */
function rewrap(pieces: Pieces, type: string, from: Headers): Image {
  const headers = new Headers({ 'content-type': type, 'cache-control': 'no-cache' })
  for (const name of KEPT) {
    const value = from.get(name)
    if (value !== null) headers.set(name, value)
  }
  const body = new Blob([...pieces])
  return { response: new Response(body, { headers }), type, bytes: body.size }
}
