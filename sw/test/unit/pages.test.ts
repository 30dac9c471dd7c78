import { expect, test } from 'vitest'
import { createCore } from '../../src/core.ts'
import * as fakes from './fakes.ts'

const { BASE, CONFIG, ENDPOINT, PHOTO, createWorld, imageRequest, see, sendMessage, startCore } = fakes

const CDN = 'https://cdn.example/b.jpg'
const TOKEN = 'dXJsLXRva2VuLW9mLTE2Yg'
const SIGNING = { ...CONFIG, sign: true }

/** What the backend was asked for, without the source. */
async function asked(world: fakes.World, request = imageRequest()): Promise<string | undefined> {
  const core = createCore(world.deps)
  world.asked.length = 0
  await see(core, request)
  return world.asked[0]?.replace(`/plain/${request.url}`, '')
}

test('a box is remembered for its page, also after the death of the worker', async () => {
  const world = createWorld()
  const core = await startCore(world)
  await sendMessage(core, { gip: 'page', dpr: 2, images: { [PHOTO]: [300, 1] }, reduce: false })
  expect(await asked(world)).toBe(`${BASE}/w:640/f:auto`)
  const elsewhere = createWorld({ pageOf: async () => 'https://blog.example/other.html' })
  elsewhere.stored = world.stored
  elsewhere.books['boxes'] = world.books['boxes']
  expect(await asked(elsewhere), 'on another page the layout may be another').toBe(`${BASE}/f:auto`)
})

test('what a page says replaces what it said', async () => {
  const world = createWorld()
  const core = await startCore(world)
  await sendMessage(core, { gip: 'page', dpr: 1, images: { [PHOTO]: [300, 1] } })
  await sendMessage(core, { gip: 'page', dpr: 1, images: {} })
  expect(await asked(world)).toBe(`${BASE}/f:auto`)
})

test('a wish alone leaves the boxes', async () => {
  const world = createWorld()
  const core = await startCore(world)
  await sendMessage(core, { gip: 'page', dpr: 2, images: { [PHOTO]: [300, 1] } })
  await sendMessage(core, { gip: 'page', dpr: 2, reduce: true })
  expect(await asked(world)).toBe(`${BASE}/w:320/q:low/f:auto`)
  await sendMessage(createCore(world.deps), { gip: 'page', reduce: false })
  expect(await asked(world)).toBe(`${BASE}/w:640/f:auto`)
})

test.each([
  ['on', '/q:low'],
  ['ON', '/q:low'],
  ['off', ''],
])('Save-Data: %s', async (value, want) => {
  const world = createWorld()
  await startCore(world)
  const headers = new Headers({ accept: 'image/avif', 'save-data': value })
  expect(await asked(world, imageRequest(PHOTO, { headers }))).toBe(`${BASE}${want}/f:auto`)
})

test('a site without a low level keeps its quality', async () => {
  const world = createWorld()
  const core = await startCore(world)
  await sendMessage(core, { gip: 'config', config: { ...CONFIG, qualities: { fine: 90 } } })
  await sendMessage(core, { gip: 'page', reduce: true })
  expect(await asked(world)).toBe(`${BASE}/f:auto`)
})

const tokens: [name: string, config: object, url: string, want: readonly string[]][] = [
  ['a source off the list', SIGNING, CDN, [CDN]],
  ['a listed one needs none', SIGNING, PHOTO, []],
  ['a site that lets nobody ask', CONFIG, CDN, []],
  ['a vector', SIGNING, 'https://cdn.example/b.svg', []],
  ['a query', SIGNING, `${CDN}?v=1`, []],
  ['a query, allowed', { ...SIGNING, queries: true }, `${CDN}?v=1`, [`${CDN}?v=1`]],
  ['in the page itself', SIGNING, 'data:image/png;base64,AA', []],
  ['a bypass', { ...SIGNING, mode: 'bypass' }, CDN, []],
]

test.each(tokens)('which tokens a page should get: %s', async (_, config, url, want) => {
  const core = await startCore(createWorld())
  await sendMessage(core, { gip: 'config', config })
  expect(await sendMessage(core, { gip: 'page', shown: [url, 7] })).toEqual(want)
})

test('no more than a hundred at once', async () => {
  const core = await startCore(createWorld())
  await sendMessage(core, { gip: 'config', config: SIGNING })
  const shown = Array.from({ length: 150 }, (_, index) => `https://cdn.example/${index}.jpg`)
  expect(await sendMessage(core, { gip: 'page', shown })).toHaveLength(100)
})

test('with a token, a source off the list comes from the backend; until then it is the original', async () => {
  const world = createWorld()
  const core = await startCore(world)
  await sendMessage(core, { gip: 'config', config: SIGNING })
  expect(await see(core, imageRequest(CDN))).toBe('browser')
  await sendMessage(core, { gip: 'tokens', tokens: { [CDN]: TOKEN } })
  expect(await asked(world, imageRequest(CDN))).toBe(`${ENDPOINT}/u/blog.${TOKEN}/f:auto`)
})

test('a token that opens nothing any more is forgotten; one that nobody gives is not asked for again', async () => {
  const world = createWorld()
  const core = await startCore(world)
  await sendMessage(core, { gip: 'config', config: SIGNING })
  await sendMessage(core, { gip: 'tokens', tokens: { [CDN]: TOKEN, 'https://cdn.example/no.jpg': '', [PHOTO]: 'no token/../' } })
  expect(world.books['tokens']).toEqual(new Map([[CDN, TOKEN], ['https://cdn.example/no.jpg', '']]))
  world.backend = () => fakes.corsResponse('no', { status: 403 })
  expect(await see(core, imageRequest(CDN))).toBe('original')
  const shown = [CDN, 'https://cdn.example/no.jpg']
  expect(await sendMessage(core, { gip: 'page', shown })).toEqual([CDN])
  expect(await see(core, imageRequest('https://cdn.example/no.jpg'))).toBe('browser')
})

test('a database that does not open holds up no image', async () => {
  const never = { read: () => new Promise<void>(() => undefined), write: async () => undefined, clear: async () => undefined }
  const world = createWorld({ boxes: never, tokens: never })
  const core = createCore(world.deps)
  const sent = sendMessage(core, { gip: 'config', config: CONFIG })
  await fakes.settle()
  await world.pass(200)
  await sent
  const { response } = fakes.sendImage(core)
  await fakes.settle()
  await world.pass(200)
  expect(await (await response)?.text()).toBe('avif bytes')
})

test('a kill forgets boxes and tokens', async () => {
  const world = createWorld()
  const core = await startCore(world)
  await sendMessage(core, { gip: 'config', config: SIGNING })
  await sendMessage(core, { gip: 'page', images: { [PHOTO]: [300, 1] } })
  await sendMessage(core, { gip: 'tokens', tokens: { [CDN]: TOKEN } })
  await sendMessage(core, { gip: 'kill' })
  expect(world.books).toEqual({})
})

test('the diagnosis says why', async () => {
  const world = createWorld()
  const core = await startCore(world)
  await sendMessage(core, { gip: 'page', dpr: 1, images: { [PHOTO]: [300, 1] }, reduce: true })
  await see(core)
  await see(core, imageRequest(CDN))
  await see(core, imageRequest(`${PHOTO}?x`))
  await see(core, imageRequest(`${PHOTO}.svg`))
  await see(core, imageRequest(`${PHOTO}2`, { mode: 'cors' }))
  world.backend = () => Promise.reject(new TypeError('Failed to fetch'))
  await see(core, imageRequest('https://blog.example/photos/c.jpg'))
  expect(await sendMessage(core, { gip: 'diagnose' })).toEqual({
    mode: 'on',
    reduce: true,
    images: {
      [PHOTO]: { delivered: { bytes: 10, type: 'image/avif', width: 320, low: true, time: 0 } },
      [CDN]: { reason: 'unlisted' },
      [`${PHOTO}?x`]: { reason: 'query' },
      [`${PHOTO}.svg`]: { reason: 'kind' },
      [`${PHOTO}2`]: { reason: 'credentials' },
      'https://blog.example/photos/c.jpg': { reason: 'failed' },
    },
  })
})
