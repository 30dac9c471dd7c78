import { expect, test } from 'vitest'
import { rewrite, withoutFragment } from '../src/rewrite.ts'

const BASE = 'https://img.example/s/blog.token'
const PREFIX = `${BASE}/f:auto/plain/`

const rows: [name: string, source: string, escaped: string][] = [
  ['plain', 'https://a.example/photos/x.jpg', 'https://a.example/photos/x.jpg'],
  ['port', 'http://localhost:81/x.jpg', 'http://localhost:81/x.jpg'],
  ['query', 'https://a.example/x.jpg?w=1&h=2', 'https://a.example/x.jpg%3Fw=1&h=2'],
  ['second question mark', 'https://a.example/x?a=?', 'https://a.example/x%3Fa=%3F'],
  ['percent is escaped again', 'https://a.example/%C3%BC%20b.jpg', 'https://a.example/%25C3%25BC%2520b.jpg'],
  ['an escaped slash stays one', 'https://a.example/a%2Fb.jpg', 'https://a.example/a%252Fb.jpg'],
  ['at sign, or it would start the extension', 'https://a.example/x@2x.jpg', 'https://a.example/x%402x.jpg'],
  ['hash', 'https://a.example/x#y', 'https://a.example/x%23y'],
  ['space', 'https://a.example/x y', 'https://a.example/x%20y'],
  ['double slash', 'https://a.example//x//y.jpg', 'https://a.example//x//y.jpg'],
  ['brackets, quotes and colons', "https://a.example/[x]'(1):2.jpg", "https://a.example/[x]'(1):2.jpg"],
  ['plus is not a space', 'https://a.example/a+b.jpg', 'https://a.example/a+b.jpg'],
  // What follows is harmless in a query, and would be resolved or turned round in a path.
  ['dot segments of a query', 'https://a.example/x?p=/../../y', 'https://a.example/x%3Fp=%2F..%2F../y'],
  ['dot segments at its end', 'https://a.example/x?p=/..', 'https://a.example/x%3Fp=%2F..'],
  ['single dot', 'https://a.example/x?p=/./y', 'https://a.example/x%3Fp=%2F./y'],
  ['three dots are a name', 'https://a.example/x?p=/.../y', 'https://a.example/x%3Fp=/.../y'],
  ['a comma at its end', 'https://a.example/x,y,', 'https://a.example/x,y%2C'],
  ['backslash', 'https://a.example/x?p=\\..\\y', 'https://a.example/x%3Fp=%5C..%5Cy'],
]

test.each(rows)('rewrite: %s', (_, source, escaped) => {
  expect(rewrite(BASE, source)).toBe(PREFIX + escaped)
})

test.each(rows)('the server decodes once and has the same bytes: %s', (_, source) => {
  // As fetch would send it: through the URL parser first.
  const sent = new URL(rewrite(BASE, source)).href
  expect(sent.startsWith(PREFIX)).toBe(true)
  expect(decodeURIComponent(sent.slice(PREFIX.length))).toBe(source)
})

test.each([
  ['https://a.example/x.jpg', 'https://a.example/x.jpg'],
  ['https://a.example/x.jpg#top', 'https://a.example/x.jpg'],
  ['https://a.example/x.jpg?a=1#b#c', 'https://a.example/x.jpg?a=1'],
])('withoutFragment %s', (url, want) => {
  expect(withoutFragment(url)).toBe(want)
})
