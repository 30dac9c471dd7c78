import { expect, test } from 'vitest'
import { createCore } from '../../src/core.ts'
import * as fakes from './fakes.ts'

const { CONFIG, ORIGINAL, PHOTO, BASE, createWorld, imageRequest, see, sendImage, sendMessage, startCore } = fakes

const MINUTE = 60_000
const rewritten = `${BASE}/f:auto/plain/${PHOTO}`

test('an image of the site comes from the backend', async () => {
  const world = createWorld()
  const core = await startCore(world)
  expect(await see(core)).toBe('avif bytes')
  expect(world.asked).toEqual([rewritten])
})

test('the fragment is no part of the source', async () => {
  const world = createWorld()
  await see(await startCore(world), imageRequest(`${PHOTO}#left`))
  expect(world.asked).toEqual([rewritten])
})

const others: [name: string, request: Request][] = [
  ['of another folder', imageRequest('https://blog.example/private/a.jpg')],
  ['of another site', imageRequest('https://other.example/photos/a.jpg')],
  ['with a query', imageRequest(`${PHOTO}?v=2`)],
  ['that is vector', imageRequest('https://blog.example/photos/a.svg')],
  ['in the page itself', imageRequest('data:image/png;base64,AA')],
  ['made by a script', imageRequest('blob:https://blog.example/1234')],
  ['by fetch()', imageRequest(PHOTO, { destination: '' })],
]

test.each(others)('an image %s is left to the browser', async (_, request) => {
  const world = createWorld()
  expect(await see(await startCore(world), request)).toBe('browser')
  expect(world.asked).toEqual([])
})

test('an image with a query comes from the backend where the site allows queries', async () => {
  const world = createWorld()
  const core = await startCore(world)
  await sendMessage(core, { gip: 'config', config: { ...CONFIG, queries: true } })
  await see(core, imageRequest(`${PHOTO}?v=2`))
  expect(world.asked).toEqual([`${rewritten}%3Fv=2`])
})

const doubts: [name: string, backend: fakes.Backend][] = [
  ['is down', () => Promise.reject(new TypeError('Failed to fetch'))],
  ['answers 500', () => fakes.corsResponse('no', { status: 500 })],
  ['answers a page', () => fakes.corsResponse('<p>', { headers: { 'content-type': 'text/html' } })],
  ['refuses', () => fakes.corsResponse('no', { status: 403 })],
  ['throws', () => { throw new Error('impossible') }],
]

test.each(doubts)('a backend that %s costs the visitor no image', async (_, backend) => {
  const world = createWorld()
  const core = await startCore(world)
  world.backend = backend
  expect(await see(core)).toBe(ORIGINAL)
})

test('three failures open the breaker, and then nothing is asked', async () => {
  const world = createWorld()
  const core = await startCore(world)
  world.backend = () => fakes.corsResponse('no', { status: 502 })
  const seen: string[] = []
  for (let i = 0; i < 4; i++) seen.push(await see(core))
  expect(seen).toEqual([ORIGINAL, ORIGINAL, ORIGINAL, 'browser'])
})

test('refusals do not open the breaker', async () => {
  const world = createWorld()
  const core = await startCore(world)
  world.backend = () => fakes.corsResponse('no', { status: 404 })
  for (let i = 0; i < 5; i++) expect(await see(core)).toBe(ORIGINAL)
})

test('the breaker survives the death of the worker', async () => {
  const world = createWorld()
  const core = await startCore(world)
  world.backend = () => fakes.corsResponse('no', { status: 502 })
  for (let i = 0; i < 3; i++) await see(core)
  world.asked.length = 0
  const next = createCore(world.deps)
  expect(await see(next), 'not known yet: taken over, and given to the original').toBe(ORIGINAL)
  expect(await see(next)).toBe('browser')
  expect(world.asked).toEqual([`${ORIGINAL} ${PHOTO}`])
})

test('after the bypass one image tries, and the others wait for it', async () => {
  const world = createWorld()
  const core = await startCore(world)
  world.backend = () => fakes.corsResponse('no', { status: 502 })
  for (let i = 0; i < 3; i++) await see(core)
  world.backend = (url) => (url.endsWith('config.json') ? Response.json(CONFIG) : fakes.avif())
  world.clock += MINUTE
  const trial = sendImage(core)
  expect(await see(core)).toBe('browser')
  expect(await (await trial.response!).text()).toBe('avif bytes')
  await trial.done
  expect(await see(core)).toBe('avif bytes')
})

const late: [name: string, health: fakes.Backend, want: string][] = [
  ['counts for nothing while the backend is healthy', () => Response.json('ok'), ORIGINAL],
  ['counts when its health check fails too', () => Promise.reject(new TypeError('down')), 'browser'],
]

test.each(late)('a late image %s', async (_, health, want) => {
  const world = createWorld()
  const core = await startCore(world)
  world.backend = (url, init) => (url.endsWith('/health') ? health(url, init) : fakes.hang(url, init))
  async function seeLate(): Promise<string> {
    const seen = see(core)
    await fakes.settle()
    await world.pass(800)
    return seen
  }
  for (let i = 0; i < 3; i++) expect(await seeLate()).toBe(ORIGINAL)
  expect(await seeLate()).toBe(want)
})

test('until its state is known the worker takes images over, and answers all of them', async () => {
  const world = createWorld()
  await startCore(world)
  const core = createCore(world.deps)
  const [mine, foreign] = [sendImage(core), sendImage(core, imageRequest('https://other.example/x.jpg'))]
  expect(await (await mine.response!).text()).toBe('avif bytes')
  expect(await (await foreign.response!).text()).toBe(ORIGINAL)
})

const modes: [mode: string, seen: string, stored: boolean][] = [
  ['on', 'avif bytes', true],
  ['bypass', 'browser', true],
  ['a mode of the future', 'browser', true],
  ['unregister', 'browser', false],
]

test.each(modes)('mode %s, told by a page', async (mode, seen, stored) => {
  const world = createWorld()
  const core = await startCore(world)
  await sendMessage(core, { gip: 'config', config: { ...CONFIG, mode } })
  expect(await see(core)).toBe(seen)
  expect(world.stored !== undefined).toBe(stored)
  expect(world.unregistered).toBe(!stored)
})

test.each(modes)('mode %s, found out by the worker itself after a minute', async (mode, seen) => {
  const world = createWorld()
  const core = await startCore(world)
  world.backend = (url) => (url.endsWith('config.json') ? Response.json({ ...CONFIG, mode }) : fakes.avif())
  world.clock += MINUTE - 1
  expect(await see(core)).toBe('avif bytes')
  expect(world.asked).not.toContain(`${BASE}/config.json`)
  world.clock += 1
  await see(core)
  expect(world.asked).toContain(`${BASE}/config.json`)
  expect(await see(core)).toBe(seen)
})

const configs: [name: string, answer: fakes.Backend, want: string][] = [
  ['a revoked token', () => new Response('no', { status: 403 }), 'browser'],
  ['a backend that is down', () => Promise.reject(new TypeError('down')), 'avif bytes'],
  ['an error', () => new Response('no', { status: 500 }), 'avif bytes'],
  ['a page', () => new Response('<p>'), 'avif bytes'],
  ['a later version', () => Response.json({ ...CONFIG, v: 2, mode: 'bypass' }), 'avif bytes'],
]

test.each(configs)('asking for the config again and getting %s', async (_, answer, want) => {
  const world = createWorld()
  const core = await startCore(world)
  world.backend = (url, init) => (url.endsWith('config.json') ? answer(url, init) : fakes.avif())
  world.clock += MINUTE
  await see(core)
  expect(await see(core)).toBe(want)
  expect(world.asked.filter((url) => url.endsWith('config.json'))).toHaveLength(1)
})

test('the config of another site is not taken', async () => {
  const world = createWorld()
  const core = await startCore(world)
  await sendMessage(core, { gip: 'config', config: { ...CONFIG, site: 'other.token', mode: 'unregister' } })
  expect(await see(core)).toBe('avif bytes')
})

test('a kill holds at once, and for a later life of the same worker', async () => {
  const world = createWorld()
  const core = await startCore(world)
  const killed = sendMessage(core, { gip: 'kill' })
  expect(sendImage(core).response).toBeUndefined()
  await killed
  expect(world).toMatchObject({ stored: undefined, unregistered: true })
  world.clock += 2 * MINUTE
  const zombie = createCore(world.deps)
  expect(await see(zombie)).toBe(ORIGINAL)
  expect(await see(zombie)).toBe('browser')
  expect(world.asked).toEqual([`${ORIGINAL} ${PHOTO}`])
})

test('a kill wins against the config that is just being asked for', async () => {
  const world = createWorld()
  const core = await startCore(world)
  let answer: (response: Response) => void = () => {}
  world.backend = (url) =>
    url.endsWith('config.json') ? new Promise((resolve) => (answer = resolve)) : fakes.avif()
  world.clock += MINUTE
  const sent = sendImage(core)
  await sent.response
  await sendMessage(core, { gip: 'kill' })
  answer(Response.json(CONFIG))
  await sent.done
  expect(world.stored).toBeUndefined()
  expect(await see(core)).toBe('browser')
})

test('a guest is switched off by a kill but never unregisters its host', async () => {
  const world = createWorld({ guest: true })
  const core = await startCore(world)
  await sendMessage(core, { gip: 'kill' })
  expect(await see(core)).toBe('browser')
  world.clock += 2 * MINUTE
  const next = createCore(world.deps)
  await see(next)
  expect(await see(next)).toBe('browser')
  expect(world.unregistered).toBe(false)
  await sendMessage(next, { gip: 'config', config: CONFIG })
  expect(await see(next)).toBe('avif bytes')
})

test('a guest whose site is to unregister stays, and can be called back', async () => {
  const world = createWorld({ guest: true })
  const core = await startCore(world)
  await sendMessage(core, { gip: 'config', config: { ...CONFIG, mode: 'unregister' } })
  expect(await see(core)).toBe('browser')
  expect(world.unregistered).toBe(false)
  world.clock += MINUTE
  await see(core)
  expect(await see(core)).toBe('avif bytes')
})

test('a worker that no page has told anything finds its config itself', async () => {
  const world = createWorld()
  const core = createCore(world.deps)
  core.onActivate({ waitUntil: () => undefined })
  await fakes.settle()
  expect(await see(core)).toBe('browser')
  expect(await see(core)).toBe('avif bytes')
})

test('an image that a page could not decode stays the original, also for later lives', async () => {
  const world = createWorld()
  const core = await startCore(world)
  await see(core)
  expect(await sendMessage(core, { gip: 'deny', url: `${PHOTO}#x` })).toBe(true)
  expect(await see(core)).toBe('browser')
  expect(await sendMessage(core, { gip: 'deny', url: PHOTO }), 'a second element of the page').toBe(true)
  expect(await see(core, imageRequest('https://blog.example/photos/b.jpg'))).toBe('avif bytes')
  const next = createCore(world.deps)
  await see(next)
  expect(await see(next)).toBe('browser')
})

test('an image that was broken without us is not denied', async () => {
  const world = createWorld()
  const core = await startCore(world)
  world.backend = () => fakes.corsResponse('no', { status: 415 })
  await see(core)
  expect(await sendMessage(core, { gip: 'deny', url: PHOTO })).toBe(false)
})

test('reports what it answered, and not what it left to the original', async () => {
  const world = createWorld()
  const core = await startCore(world)
  await see(core)
  world.backend = () => fakes.corsResponse('no', { status: 415 })
  await see(core, imageRequest('https://blog.example/photos/b.jpg'))
  expect(await sendMessage(core, { gip: 'report' })).toEqual({ [PHOTO]: { bytes: 10, type: 'image/avif', low: false, time: 0 } })
})

test('reports no answer that an original has replaced since, and the next answer again', async () => {
  const world = createWorld()
  const core = await startCore(world)
  const { backend } = world
  await see(core)
  world.backend = () => fakes.corsResponse('no', { status: 502 })
  for (let i = 0; i < 3; i++) expect(await see(core)).toBe(ORIGINAL)
  expect(await sendMessage(core, { gip: 'report' })).toEqual({})
  expect(await see(core), 'the breaker is open').toBe('browser')
  expect(await sendMessage(core, { gip: 'report' })).toEqual({})
  world.backend = backend
  world.clock += MINUTE
  await see(core)
  expect(Object.keys((await sendMessage(core, { gip: 'report' })) as object)).toEqual([PHOTO])
})

test('three images that cannot be decoded open the breaker', async () => {
  const world = createWorld()
  const core = await startCore(world)
  for (const name of ['a', 'b', 'c']) {
    const url = `https://blog.example/photos/${name}.jpg`
    await see(core, imageRequest(url))
    await sendMessage(core, { gip: 'deny', url })
  }
  expect(await see(core, imageRequest('https://blog.example/photos/d.jpg'))).toBe('browser')
})

test.each([undefined, null, 'kill', 7, {}, { gip: 'nonsense' }, { gip: 'config' }, { gip: 'config', config: 'x' }])(
  'the message %j of somebody else changes nothing',
  async (message) => {
    const world = createWorld()
    const core = await startCore(world)
    await sendMessage(core, message)
    expect(await see(core)).toBe('avif bytes')
  },
)

test.each([undefined, null, 'x', {}, { v: 2 }, { v: 1, base: 'https://img.example/s/other.token', config: CONFIG }])(
  'stored state %j is not believed',
  async (stored) => {
    const world = createWorld()
    world.stored = stored
    const core = createCore(world.deps)
    expect(await see(core)).toBe(ORIGINAL)
    expect(await see(core)).toBe('browser')
  },
)
