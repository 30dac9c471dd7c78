import { expect, expectTypeOf, test } from 'vitest'
import type { Contradictory, Incomplete, Meaningful, Taken } from '../../testing/combinations.ts'
import { attrs, picture, preload, type Props } from '../src/index.ts'

// tsc is the test here (npm run check): an expected error that does not come is an error itself.
const image = { src: '/a.jpg', alt: '' }
const box = { width: 3, height: 2 }

test('what means something compiles, and nothing else', () => {
  expectTypeOf<Taken<Props, Meaningful>>().toEqualTypeOf<keyof Meaningful>()
  expectTypeOf<Taken<Props, Incomplete>>().toBeNever()
  expectTypeOf<Taken<Props, Contradictory>>().toBeNever()
})

test('other attributes are handed on, and do not hide what is wrong', () => {
  expect(attrs(undefined, { ...image, ...box, class: 'x', 'data-x': 1 })).toMatchObject({ class: 'x', 'data-x': 1 })
  // @ts-expect-error one of two
  expect(attrs(undefined, { ...image, width: 3, class: 'x' })).toMatchObject({ class: 'x' })
})

test('pictures and preloads', () => {
  const sources = [{ media: 'print', src: '/b.jpg', ...box }]
  expect(picture(undefined, { ...image, ...box, sources }).sources).toHaveLength(1)
  // @ts-expect-error a source without dimensions
  expect(picture(undefined, { ...image, ...box, sources: [{ media: 'print', src: '/b.jpg' }] }).sources).toHaveLength(1)
  expect(preload(undefined, { ...image, ...box, priority: true }).href).toBe('/a.jpg')
  // @ts-expect-error what is lazy is not preloaded
  expect(preload(undefined, { ...image, ...box }).href).toBe('/a.jpg')
})
