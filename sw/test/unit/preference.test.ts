import { expect, test } from 'vitest'
import { createPreference } from '../../src/preference.ts'

function fakeStorage(stored: Record<string, string> = {}): Storage {
  return {
    getItem: (key: string) => stored[key] ?? null,
    setItem: (key: string, value: string) => void (stored[key] = value),
    removeItem: (key: string) => void delete stored[key],
  } as unknown as Storage
}

test('nothing is reduced unless somebody says so', () => {
  expect(createPreference(undefined, fakeStorage, () => undefined).reduceData).toBe(false)
})

test('it is remembered, and told at once', () => {
  const storage = fakeStorage()
  let told = 0
  createPreference(undefined, () => storage, () => told++).reduceData = true
  expect(told).toBe(1)
  expect(createPreference(undefined, () => storage, () => undefined).reduceData).toBe(true)
  createPreference(undefined, () => storage, () => undefined).reduceData = false
  expect(createPreference(undefined, () => storage, () => undefined).reduceData).toBe(false)
})

test('what the page has set before counts, and is remembered', () => {
  const storage = fakeStorage({ 'gip-reduce': 'on' })
  expect(createPreference({ reduceData: false }, () => storage, () => undefined).reduceData).toBe(false)
  expect(createPreference({}, () => storage, () => undefined).reduceData).toBe(false)
})

test('without storage it holds for the page', () => {
  const forbidden = () => { throw new Error('SecurityError') }
  const preference = createPreference(undefined, forbidden, () => undefined)
  preference.reduceData = true
  expect(preference.reduceData).toBe(true)
})
