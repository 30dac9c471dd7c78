import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import schema from '../../../backend/vectors/schema.json' with { type: 'json' }
import { remote } from '../src/remote.ts'

let asked = 0
let answer: () => Response

beforeEach(() => {
  asked = 0
  answer = () => Response.json(schema.config)
  vi.useFakeTimers()
  vi.spyOn(console, 'info').mockReturnValue()
  vi.stubGlobal('fetch', async () => (asked++, answer()))
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

test('nothing until the first answer, then what was heard last', async () => {
  const config = remote('https://img.example/config.json')
  expect(config()).toBeUndefined()
  await vi.advanceTimersByTimeAsync(1)
  expect(config()).toMatchObject({ mode: 'on' })
  expect(asked).toBe(1)
})

test('it is asked for again when it is old, and then its owner may have turned gip off', async () => {
  const config = remote('https://img.example/config.json')
  await vi.advanceTimersByTimeAsync(59_000)
  config()
  expect(asked).toBe(1)
  answer = () => Response.json({ ...schema.config, mode: 'bypass' })
  await vi.advanceTimersByTimeAsync(2_000)
  expect(config()).toMatchObject({ mode: 'on' })
  await vi.advanceTimersByTimeAsync(1)
  expect(config()).toMatchObject({ mode: 'bypass' })
  expect(asked).toBe(2)
})

test.each([
  { name: 'an error', bad: () => new Response('no', { status: 500 }) },
  { name: 'a page', bad: () => new Response('<h1>Hotel Wi-Fi</h1>') },
])('$name changes nothing', async ({ bad }) => {
  const config = remote('https://img.example/config.json')
  await vi.advanceTimersByTimeAsync(61_000)
  answer = bad
  config()
  await vi.advanceTimersByTimeAsync(1)
  expect(config()).toMatchObject({ mode: 'on' })
})
