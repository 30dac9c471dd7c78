import { expect, test } from 'vitest'
import { attrs, picture, preload, type Props } from '../src/index.ts'

// tsc is the test here (npm run check): a combination that means nothing must not compile, and an
// expected error that does not come is an error itself.
const image = { src: '/a.jpg', alt: '' }
const box = { width: 3, height: 2 }

const right = (props: Props): Props => props

test('what means something compiles', () => {
  const all: Props[] = [
    right({ ...image, ...box }),
    right({ ...image, width: 3, aspectRatio: 1.5 }),
    right({ ...image, height: 2, aspectRatio: 1.5, layout: 'fixed' }),
    right({ ...image, layout: 'fullWidth', aspectRatio: 2 }),
    right({ ...image, layout: 'fullWidth', height: 300 }),
    right({ ...image, fill: true, sizes: '50vw' }),
    right({ ...image, ...box, priority: true, loading: 'eager', fetchpriority: 'high' }),
    right({ ...image, ...box, priority: false, loading: 'lazy' }),
  ]
  expect(all.map((props) => attrs(undefined, props).src)).toEqual(all.map(() => '/a.jpg'))
})

test('what means nothing does not', () => {
  const wrong = [
    // @ts-expect-error no dimensions
    right({ ...image }),
    // @ts-expect-error one of two
    right({ ...image, width: 3 }),
    // @ts-expect-error three of two
    right({ ...image, ...box, aspectRatio: 1.5 }),
    // @ts-expect-error fixed without dimensions
    right({ ...image, layout: 'fixed' }),
    // @ts-expect-error as wide as the page, and of a width
    right({ ...image, layout: 'fullWidth', width: 3, aspectRatio: 2 }),
    // @ts-expect-error as wide as the page, and as high as nobody knows
    right({ ...image, layout: 'fullWidth' }),
    // @ts-expect-error fills a box, and has a layout
    right({ ...image, fill: true, sizes: '50vw', layout: 'fixed' }),
    // @ts-expect-error fills a box, and has dimensions
    right({ ...image, fill: true, sizes: '50vw', ...box }),
    // @ts-expect-error fills a box of which nothing is said
    right({ ...image, fill: true }),
    // @ts-expect-error first and last
    right({ ...image, ...box, priority: true, loading: 'lazy' }),
    // @ts-expect-error first and unimportant
    right({ ...image, ...box, priority: true, fetchpriority: 'low' }),
    // @ts-expect-error nothing for those who do not see it
    right({ src: '/a.jpg', ...box }),
    // @ts-expect-error a level is a name
    right({ ...image, ...box, quality: 75 }),
    // @ts-expect-error only false means something
    right({ ...image, ...box, fallback: true }),
    // @ts-expect-error not a layout
    right({ ...image, ...box, layout: 'responsive' }),
  ]
  expect(wrong).toHaveLength(15)
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
