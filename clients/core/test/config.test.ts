import { expect, test } from 'vitest'
import schema from '../../../backend/vectors/schema.json' with { type: 'json' }
import { parseConfig } from '../src/config.ts'

test('what the server answers is understood', () => {
  const { v, ...config } = schema.config
  expect(v).toBe(1)
  expect(parseConfig(schema.config)).toEqual(config)
})

test.each([undefined, null, '', 7, [], {}, { ...schema.config, v: 2 }, { ...schema.config, v: '1' }, { ...schema.config, site: 1 }, { ...schema.config, sources: 'https://a.example/' }])(
  'not a config: %j',
  (value) => {
    expect(parseConfig(value)).toBeUndefined()
  },
)

test('sources that are no text are dropped', () => {
  expect(parseConfig({ ...schema.config, sources: [1, 'https://a.example/', null] })?.sources).toEqual(['https://a.example/'])
})

test('of an older server, what is not there is none', () => {
  const { v, site, sources } = schema.config
  const none = { endpoint: '', widths: [], formats: [], qualities: {}, presets: [], queries: false, sign: false, mode: 'bypass' }
  expect(parseConfig({ v, site, sources })).toEqual({ site, sources, ...none })
})

test('the ladder is in order, the endpoint without its slash', () => {
  const { widths, endpoint, qualities } = parseConfig({ ...schema.config, widths: [640, 'x', 64], endpoint: 'https://img.example/', qualities: { low: 1, high: 'x' } })!
  expect({ widths, endpoint, qualities }).toEqual({ widths: [64, 640], endpoint: 'https://img.example', qualities: { low: 1 } })
})

test.each([
  ['on', 'on'],
  ['bypass', 'bypass'],
  ['unregister', 'unregister'],
  ['of the future', 'bypass'],
  [undefined, 'bypass'],
])('mode %s is %s', (mode, want) => {
  expect(parseConfig({ ...schema.config, mode })?.mode).toBe(want)
})
