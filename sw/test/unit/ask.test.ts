import { expect, test } from 'vitest'
import { ask, type Image } from '../../src/ask.ts'
import { avif, corsResponse, createWorld, hang, imageRequest, settle, type Backend } from './fakes.ts'

const URL_ = 'https://img.example/s/blog.token/f:auto/plain/https://blog.example/a.jpg'
const image = { headers: { 'content-type': 'image/webp' } }

const rows: [name: string, backend: Backend, want: string][] = [
  ['image', () => avif(), 'image'],
  ['image in pieces', () => avif(pieces(['av', 'if'])), 'image'],
  ['type in capitals', () => corsResponse('x', { headers: { 'content-type': 'IMAGE/WEBP' } }), 'image'],
  ['on the origin of the site', () => corsResponse('x', image, 'basic'), 'image'],
  ['400', () => corsResponse('no', { status: 400 }), 'refused'],
  ['403', () => corsResponse('no', { status: 403 }), 'refused'],
  ['404', () => corsResponse('no', { status: 404 }), 'refused'],
  ['413', () => corsResponse('no', { status: 413 }), 'refused'],
  ['415', () => corsResponse('no', { status: 415 }), 'refused'],
  ['422', () => corsResponse('no', { status: 422 }), 'refused'],
  ['404 with an image', () => corsResponse('x', { ...image, status: 404 }), 'refused'],
  ['429', () => corsResponse('later', { status: 429 }), 'failed'],
  ['500', () => corsResponse('no', { status: 500 }), 'failed'],
  ['503', () => corsResponse('no', { status: 503 }), 'failed'],
  ['204', () => corsResponse(null, { status: 204 }), 'failed'],
  ['a page', () => corsResponse('<p>', { headers: { 'content-type': 'text/html' } }), 'failed'],
  ['a page that says it is an image', () => corsResponse('<p>', image), 'failed'],
  ['no type', () => corsResponse(new Uint8Array([1])), 'failed'],
  ['nothing', () => corsResponse('', image), 'failed'],
  ['no body', () => corsResponse(null, image), 'failed'],
  ['opaque', () => corsResponse('x', image, 'opaque'), 'failed'],
  ['network error', () => Promise.reject(new TypeError('Failed to fetch')), 'failed'],
  ['dropped in the middle', () => avif(pieces(['av'], 'drop')), 'failed'],
]

test.each(rows)('%s', async (_, backend, want) => {
  const world = createWorld()
  world.backend = backend
  const outcome = await ask(URL_, imageRequest(), world.deps)
  expect(typeof outcome === 'string' ? outcome : 'image').toBe(want)
})

test('asks by CORS, without credentials, for what the visitor takes', async () => {
  const world = createWorld()
  let init: RequestInit = {}
  world.backend = (_, given) => ((init = given), avif())
  const headers = new Headers({ accept: 'image/avif,*/*', 'save-data': 'on', cookie: 'no', referer: 'no' })
  await ask(URL_, imageRequest(undefined, { headers }), world.deps)
  expect(init).toMatchObject({ mode: 'cors', credentials: 'omit', headers: { accept: 'image/avif,*/*', 'save-data': 'on' } })
  expect(Object.keys(init.headers as object)).toEqual(['accept', 'save-data'])
})

test('an Accept too long for CORS is left out', async () => {
  const world = createWorld()
  let init: RequestInit = {}
  world.backend = (_, given) => ((init = given), avif())
  await ask(URL_, imageRequest(undefined, { headers: new Headers({ accept: 'image/x,'.repeat(17) }) }), world.deps)
  expect(init.headers).toEqual({})
})

test('re-wraps: status 200, the same bytes, only the headers that the page needs', async () => {
  const world = createWorld()
  world.backend = () => avif(pieces(['av', 'if ', 'bytes']))
  const { response, ...delivered } = (await ask(URL_, imageRequest(), world.deps)) as Image
  expect(delivered).toEqual({ type: 'image/avif', bytes: 10 })
  expect(response.status).toBe(200)
  expect([...response.headers]).toEqual([
    ['cache-control', 'no-cache'],
    ['content-type', 'image/avif'],
  ])
  expect(await response.text()).toBe('avif bytes')
})

const waits: [name: string, backend: Backend, wait: readonly number[], want: string][] = [
  ['headers after 799 ms are in time', hang, [799], 'waiting'],
  ['800 ms without headers are late', hang, [800], 'late'],
  ['a body may take longer than its headers', stalled, [4_999], 'waiting'],
  ['a body that stalls for 5 s is late', stalled, [5_000], 'late'],
]

test.each(waits)('%s', async (_, backend, wait, want) => {
  const world = createWorld()
  world.backend = backend
  let outcome: unknown = 'waiting'
  void ask(URL_, imageRequest(), world.deps).then((value) => (outcome = value))
  await settle()
  for (const milliseconds of wait) await world.pass(milliseconds)
  expect(outcome).toBe(want)
})

test('each piece of a body starts the time again', async () => {
  const world = createWorld()
  let push: (text: string) => void = () => {}
  let close: () => void = () => {}
  world.backend = () =>
    avif(
      new ReadableStream({
        start(controller) {
          push = (text) => controller.enqueue(new TextEncoder().encode(text))
          close = () => controller.close()
        },
      }),
    )
  const outcome = ask(URL_, imageRequest(), world.deps)
  await settle()
  for (const text of ['a', 'v', 'i', 'f']) {
    await world.pass(4_000)
    push(text)
    await settle()
  }
  close()
  expect(await ((await outcome) as Image).response.text()).toBe('avif')
})

function pieces(texts: readonly string[], end: 'close' | 'drop' = 'close'): ReadableStream<Uint8Array> {
  const left = texts.map((text) => new TextEncoder().encode(text))
  return new ReadableStream({
    pull(controller) {
      const next = left.shift()
      if (next) controller.enqueue(next)
      else if (end === 'close') controller.close()
      else controller.error(new TypeError('network error'))
    },
  })
}

/** Headers at once, then one byte, then nothing until the caller gives up. */
function stalled(_url: string, init: RequestInit): Response {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new Uint8Array([1]))
      init.signal?.addEventListener('abort', () => controller.error(new Error('aborted')))
    },
  })
  return avif(body)
}
