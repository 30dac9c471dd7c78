import { expect, test } from 'vitest'
import schema from '../../../backend/vectors/schema.json' with { type: 'json' }
import { parseConfig } from '../../src/config.ts'

test('what the server answers is understood', () => {
  const { site, sources, queries, mode } = schema.config
  expect(parseConfig(schema.config)).toEqual({ site, sources, queries, mode })
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

test.each([
  ['on', 'on'],
  ['bypass', 'bypass'],
  ['unregister', 'unregister'],
  ['of the future', 'bypass'],
  [undefined, 'bypass'],
])('mode %s is %s', (mode, want) => {
  expect(parseConfig({ ...schema.config, mode })?.mode).toBe(want)
})
