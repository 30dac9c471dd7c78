import { expect, test } from 'vitest'
import { isRewritable, sourceOf } from '../src/source.ts'
import { CONFIG } from '../../testing/cases.ts'

const ENDPOINT = CONFIG.endpoint

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

const rows: [name: string, src: string, source: string | undefined][] = [
  ['a listed source', 'https://blog.example/media/a.jpg', 'https://blog.example/media/a.jpg'],
  ['without its fragment', 'https://blog.example/media/a.jpg#top', 'https://blog.example/media/a.jpg'],
  ['as browsers spell it', 'HTTPS://Blog.Example:443/media/ü b.jpg', 'https://blog.example/media/%C3%BC%20b.jpg'],
  ['relative', '../media/a.jpg', 'https://blog.example/media/a.jpg'],
  ['without its scheme', '//blog.example/media/a.jpg', 'https://blog.example/media/a.jpg'],
  ['dots out of the listed folder', 'https://blog.example/media/../a.jpg', undefined],
  ['off the list', 'https://other.example/media/a.jpg', undefined],
  ['data', 'data:image/gif;base64,R0lGODlhAQABAAAAACw=', undefined],
  ['blob', 'blob:https://blog.example/7b', undefined],
  ['a query', 'https://blog.example/media/a.jpg?v=1', undefined],
  ['a vector', 'https://blog.example/media/a.svg', undefined],
  ['nothing', '', undefined],
  ['no address', 'https://', undefined],
]

test.each(rows)('sourceOf: %s', (_, src, source) => {
  expect(sourceOf({ ...CONFIG, base: 'https://blog.example/posts/1' }, src)).toBe(source)
})

test('a relative source needs a base', () => {
  expect(sourceOf(CONFIG, '/media/a.jpg')).toBeUndefined()
})

test.each(['bypass', 'unregister'] as const)('mode %s leaves every image', (mode) => {
  expect(sourceOf({ ...CONFIG, mode }, 'https://blog.example/media/a.jpg')).toBeUndefined()
})

test('a site may allow queries, and leave GIFs out', () => {
  expect(sourceOf({ ...CONFIG, queries: true }, 'https://blog.example/media/a.jpg?v=1')).toBe('https://blog.example/media/a.jpg?v=1')
  expect(sourceOf(CONFIG, 'https://blog.example/media/a.gif')).toBe('https://blog.example/media/a.gif')
  expect(sourceOf({ ...CONFIG, skipGif: true }, 'https://blog.example/media/a.gif')).toBeUndefined()
})
