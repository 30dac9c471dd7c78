import { expect, test } from 'vitest'
import { isPlainImage, isRewritable } from '../../src/route.ts'
import { ENDPOINT, imageRequest } from './fakes.ts'

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

const urls: [url: string, want: boolean][] = [
  ['https://a.example/x.jpg', true],
  ['https://a.example/x', true],
  ['https://a.example/x.svg.png', true],
  ['https://a.example/x.jpg?as=.svg', true],
  [`${ENDPOINT}/photos/x.jpg`, true], // an endpoint on the site's own host
  ['https://a.example/s/x.jpg', true],
  ['https://a.example/x.svg', false],
  ['https://a.example/x.SVG?y', false],
  ['https://a.example/x.svgz', false],
  ['https://a.example/favicon.ico', false],
  ['https://user@a.example/x.jpg', false],
  [`${ENDPOINT}/s/blog.token/f:auto/plain/https://a.example/x.jpg`, false],
  [`${ENDPOINT}/u/blog.token/f:auto/plain/https://a.example/x.jpg`, false],
]

test.each(urls)('isRewritable: %s is %s', (url, want) => {
  expect(isRewritable(new URL(url), ENDPOINT)).toBe(want)
})
