import { expect, test } from 'vitest'
import type { Entry } from '../../src/journal.ts'
import { labelOf } from '../../src/label.ts'

const delivered = { bytes: 12_345, type: 'image/avif', low: false, time: 12.6 }

const rows: [name: string, entry: Entry | undefined, original: number | undefined, want: string][] = [
  ['delivered', { delivered }, 100_000, '100.0 kB → 12.3 kB (-88 %)\navif · 640 px, as the original\ncache unknown · 13 ms'],
  ['a rung', { delivered: { ...delivered, width: 640, low: true, cache: 'memory' } }, 100_000, '100.0 kB → 12.3 kB (-88 %)\navif · asked for w:640, is 640 · q:low\ncache memory · 13 ms'],
  ['an original whose server does not say its size', { delivered }, undefined, 'unknown → 12.3 kB\navif · 640 px, as the original\ncache unknown · 13 ms'],
  ['left alone', { reason: 'unlisted' }, 999, "original, 999 B\nit is not among the site's sources"],
  ['the original since', { delivered, reason: 'late' }, 999, 'original, 999 B\nthe backend took longer than a visitor should wait'],
  ['not asked', undefined, 999, 'original, 999 B\nthe worker has not been asked for it'],
]

test.each(rows)('%s', (_, entry, original, want) => {
  expect(labelOf({ images: {} }, entry, 640, original)).toBe(want)
})

test('no worker', () => {
  expect(labelOf(undefined, undefined, 640, undefined)).toMatch(/no gip worker/)
})
