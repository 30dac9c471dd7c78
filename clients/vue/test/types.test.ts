import { h } from 'vue'
import { expect, expectTypeOf, test } from 'vitest'
import type { Contradictory, Incomplete, Meaningful, Taken } from '../../testing/combinations.ts'
import { GipImage, GipPicture, type Failure } from '../src/index.ts'

// tsc is the test here (npm run check): what core refuses, Vue's own types must refuse too.
const image = { src: '/a.jpg', alt: '' }
const box = { width: 3, height: 2 }

type ImageProps = InstanceType<typeof GipImage>['$props']
type PictureProps = InstanceType<typeof GipPicture>['$props']

test('the props take what means something, and nothing else', () => {
  expectTypeOf<Taken<ImageProps, Meaningful>>().toEqualTypeOf<keyof Meaningful>()
  expectTypeOf<Taken<ImageProps, Incomplete>>().toBeNever()
  expectTypeOf<Taken<ImageProps, Contradictory>>().toBeNever()
  expectTypeOf<Taken<PictureProps, Meaningful>>().toEqualTypeOf<keyof Meaningful>()
  expectTypeOf<Taken<PictureProps, Incomplete>>().toBeNever()
  expectTypeOf<Taken<PictureProps, Contradictory>>().toBeNever()
})

test('a template that is checked strictly may say what any component has', () => {
  const given = { ...image, ...box, key: 1, ref: 'image', class: ['x'], style: 'color: red' } satisfies ImageProps & PictureProps
  expect(given).toMatchObject(image)
})

test('what means something compiles', () => {
  const all = [
    h(GipImage, { ...image, ...box }),
    h(GipImage, { ...image, ...box, class: ['x'], style: 'color: red', id: 'x', 'data-x': 1 }),
    h(GipImage, { ...image, fill: true, sizes: '50vw', onFallback: ({ src }: Failure) => void src }),
    h(GipImage, { ...image, layout: 'fullWidth', aspectRatio: 2 }),
    h(GipPicture, { ...image, ...box, sources: [{ media: 'print', src: '/b.jpg', ...box }], imgAttrs: { class: 'x' } }),
  ]
  expect(all).toHaveLength(5)
})

test('what means nothing does not', () => {
  const wrong = [
    // @ts-expect-error no dimensions
    h(GipImage, { ...image }),
    // @ts-expect-error one of two
    h(GipImage, { ...image, width: 3 }),
    // @ts-expect-error as wide as the page, and of a width
    h(GipImage, { ...image, layout: 'fullWidth', width: 3, aspectRatio: 2 }),
    // @ts-expect-error fills a box of which nothing is said
    h(GipImage, { ...image, fill: true }),
    // @ts-expect-error first and last
    h(GipImage, { ...image, ...box, priority: true, loading: 'lazy' }),
    // @ts-expect-error nothing for those who do not see it
    h(GipImage, { src: '/a.jpg', ...box }),
    // @ts-expect-error a source without dimensions
    h(GipPicture, { ...image, ...box, sources: [{ media: 'print', src: '/b.jpg' }] }),
    // @ts-expect-error what a fallback tells is a failure
    h(GipImage, { ...image, ...box, onFallback: (failure: number) => failure }),
  ]
  expect(wrong).toHaveLength(8)
})
