import { expect, test } from 'vitest'
import { isPlainImage } from '../../src/route.ts'
import { imageRequest } from './fakes.ts'

const requests: [name: string, change: Parameters<typeof imageRequest>[1], want: boolean][] = [
  ['an image', {}, true],
  ['an image of another origin that allows canvases', { mode: 'cors', credentials: 'same-origin' }, true],
  ['POST', { method: 'POST' }, false],
  ['HEAD', { method: 'HEAD' }, false],
  ['a page', { destination: 'document' }, false],
  ['fetch() of an image', { destination: '' }, false],
  ['a video', { destination: 'video' }, false],
  ['crossorigin=use-credentials', { mode: 'cors', credentials: 'include' }, false],
  ['a part of an image', { headers: new Headers({ range: 'bytes=0-9' }) }, false],
]

test.each(requests)('isPlainImage: %s', (_, change, want) => {
  expect(isPlainImage(imageRequest(undefined, change))).toBe(want)
})
