import { createRef } from 'react'
import { expect, expectTypeOf, test } from 'vitest'
import type { Contradictory, Incomplete, Meaningful, Taken } from '../../testing/combinations.ts'
import { Image, Picture, type FallbackProps, type ImageProps, type PictureProps } from '../src/client.ts'
import { Image as ServerImage, Preload } from '../src/index.ts'

// tsc is the test here (npm run check), as an author's own would be.
const lake = { src: '/a.jpg', alt: '' }
const box = { width: 3, height: 2 }
const directed = [{ media: 'print', src: '/b.jpg', ...box }]

test('the props take what means something, and nothing else', () => {
  expectTypeOf<Taken<ImageProps & FallbackProps, Meaningful<'fetchPriority'>>>().toEqualTypeOf<keyof Meaningful>()
  expectTypeOf<Taken<ImageProps, Incomplete>>().toBeNever()
  expectTypeOf<Taken<ImageProps, Contradictory<'fetchPriority'>>>().toBeNever()
  expectTypeOf<Taken<PictureProps & FallbackProps, Meaningful<'fetchPriority'>>>().toEqualTypeOf<keyof Meaningful>()
  expectTypeOf<Taken<PictureProps, Incomplete>>().toBeNever()
  expectTypeOf<Taken<PictureProps, Contradictory<'fetchPriority'>>>().toBeNever()
})

test('what means something compiles', () => {
  const right = [
    <Image {...lake} {...box} className="x" style={{ marginTop: 4 }} data-x={1} onLoad={(event) => event.currentTarget.naturalWidth} />,
    <Image {...lake} {...box} ref={createRef<HTMLImageElement>()} onFallback={({ src, image }) => image.dataset[src]} />,
    <Image {...lake} layout="fullWidth" aspectRatio={2} fetchPriority="low" />,
    <Image {...lake} fill sizes="50vw" />,
    <Image {...lake} {...box} priority fetchPriority="high" />,
    <Picture {...lake} {...box} sources={directed} />,
    <ServerImage {...lake} {...box} config={undefined} />,
    <Preload {...lake} {...box} priority />,
  ]
  expect(right).toHaveLength(8)
})

test('what means nothing does not', () => {
  const wrong = [
    // @ts-expect-error no dimensions
    <Image {...lake} />,
    // @ts-expect-error as wide as the page, and of a width
    <Image {...lake} layout="fullWidth" width={3} aspectRatio={2} />,
    // @ts-expect-error fills a box of which nothing is said
    <Image {...lake} fill />,
    // @ts-expect-error fixed without dimensions
    <Image {...lake} layout="fixed" />,
    // @ts-expect-error first and last
    <Image {...lake} {...box} priority loading="lazy" />,
    // @ts-expect-error first and unimportant
    <Image {...lake} {...box} priority fetchPriority="low" />,
    // @ts-expect-error HTML's name, not React's
    <Image {...lake} {...box} fetchpriority="high" />,
    // @ts-expect-error gip writes the srcset
    <Image {...lake} {...box} srcSet="/a.jpg 2x" />,
    // @ts-expect-error nothing for those who do not see it
    <Image src="/a.jpg" {...box} />,
    // @ts-expect-error a level is a name
    <Image {...lake} {...box} quality={75} />,
    // @ts-expect-error a source without dimensions
    <Picture {...lake} {...box} sources={[{ media: 'print', src: '/b.jpg' }]} />,
    // @ts-expect-error what is lazy is not preloaded
    <Preload {...lake} {...box} />,
    // @ts-expect-error nobody hears of a failure there
    <ServerImage {...lake} {...box} onFallback={() => undefined} />,
    // @ts-expect-error another element's ref
    <Image {...lake} {...box} ref={createRef<HTMLDivElement>()} />,
  ]
  expect(wrong).toHaveLength(14)
})
