import { expect, test } from 'vitest'
import { CLOSED, failed, succeeded, verdict, type Breaker } from '../../src/breaker.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const START = 1_000 * MINUTE

function failAt(breaker: Breaker, ...times: readonly number[]): Breaker {
  return times.reduce(failed, breaker)
}

const opened = failAt(CLOSED, START, START, START)

const rows: [name: string, breaker: Breaker, now: number, want: string][] = [
  ['new', CLOSED, START, 'closed'],
  ['two failures', failAt(CLOSED, START, START + SECOND), START + SECOND, 'closed'],
  ['three failures within 30 s', failAt(CLOSED, START, START + 1, START + 29 * SECOND), START + 29 * SECOND, 'open'],
  ['three failures over 31 s', failAt(CLOSED, START, START + 1, START + 31 * SECOND), START + 31 * SECOND, 'closed'],
  ['a minute less one', opened, START + MINUTE - 1, 'open'],
  ['after a minute', opened, START + MINUTE, 'trial'],
  ['a clock that was set back an hour', opened, START - 60 * MINUTE, 'trial'],
  ['failures that were under way', failAt(opened, START + 1, START + 2), START + MINUTE, 'trial'],
  ['success that was under way', succeeded(opened, START + 1), START + 2, 'open'],
  ['trial succeeded', succeeded(opened, START + MINUTE), START + MINUTE, 'closed'],
  ['trial failed', failed(opened, START + MINUTE), START + 3 * MINUTE - 1, 'open'],
  ['after the second minute of that', failed(opened, START + MINUTE), START + 3 * MINUTE, 'trial'],
]

test.each(rows)('%s', (_, breaker, now, want) => {
  expect(verdict(breaker, now)).toBe(want)
})

test('each failed trial doubles the bypass, up to an hour', () => {
  let breaker = opened
  const minutes: number[] = []
  for (let i = 0; i < 9; i++) {
    minutes.push(breaker.bypass / MINUTE)
    breaker = failed(breaker, breaker.until)
  }
  expect(minutes).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60])
})

test.each([
  ['soon after the bypass it doubles', MINUTE, 2],
  ['ten good minutes are forgiven', 11 * MINUTE, 1],
])('opening again: %s', (_, later, minutes) => {
  const closed = succeeded(opened, opened.until)
  const now = opened.until + later
  expect(failAt(closed, now, now, now).bypass).toBe(minutes * MINUTE)
})

test('a success changes nothing while closed', () => {
  const once = failed(CLOSED, START)
  expect(succeeded(once, START)).toBe(once)
})
