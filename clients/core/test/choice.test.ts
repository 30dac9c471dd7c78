import { expect, test } from 'vitest'
import { isSwitchedOff } from '../src/choice.ts'

const rows: [name: string, search: string, kept: string | null, off: boolean, keptAfter: string | null][] = [
  ['nothing said', '', null, false, null],
  ['off is kept', '?gip=off', null, true, 'off'],
  ['off from before', '', 'off', true, 'off'],
  ['on takes it back', '?gip=on', 'off', false, null],
  ['among others', '?a=1&gip=off&b=2', null, true, 'off'],
  ['another word', '?gip=maybe', null, false, null],
  ['another name', '?gipsy=off', null, false, null],
]

test.each(rows)('%s', (_, search, kept, off, keptAfter) => {
  const entries = new Map(kept === null ? [] : [['gip', kept]])
  expect(isSwitchedOff(search, () => fakeStorage(entries))).toBe(off)
  expect(entries.get('gip') ?? null).toBe(keptAfter)
})

test.each([
  ['?gip=off', true],
  ['', false],
])('without storage %j says it for this page', (search, off) => {
  const forbidden = () => {
    throw new Error('SecurityError')
  }
  expect(isSwitchedOff(search, forbidden)).toBe(off)
})

function fakeStorage(entries: Map<string, string>): Storage {
  return {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
    removeItem: (key: string) => void entries.delete(key),
  } as unknown as Storage
}
