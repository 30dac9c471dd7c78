import { expect, test } from 'vitest'
import { isListed } from '../src/sources.ts'

const rows: [name: string, pattern: string, url: string, want: boolean][] = [
  ['below a folder', 'https://a.example/media/', 'https://a.example/media/x.jpg', true],
  ['deep below', 'https://a.example/media/', 'https://a.example/media/2026/x.jpg', true],
  ['query is not looked at', 'https://a.example/media/', 'https://a.example/media/x?y=1', true],
  ['whole host', 'https://a.example', 'https://a.example/x.jpg', true],
  ['default port', 'https://a.example:443/', 'https://a.example/x.jpg', true],
  ['case of the host', 'https://A.Example/', 'https://a.example/x.jpg', true],
  ['port', 'http://localhost:81/', 'http://localhost:81/x.jpg', true],
  ['exact path', 'https://a.example/x.jpg', 'https://a.example/x.jpg', true],
  ['prefix that ends at a segment', 'https://a.example/media', 'https://a.example/media/x.jpg', true],
  ['star label', 'https://*.example/', 'https://a.example/x.jpg', true],
  ['star in a label', 'https://img-*.example/', 'https://img-7.example/x.jpg', true],
  ['star segment', 'https://a.example/*/photos/', 'https://a.example/u1/photos/x.jpg', true],

  ['other scheme', 'https://a.example/', 'http://a.example/x.jpg', false],
  ['other port', 'http://localhost:81/', 'http://localhost:82/x.jpg', false],
  ['other folder', 'https://a.example/media/', 'https://a.example/private/x.jpg', false],
  ['folder with a longer name', 'https://a.example/media', 'https://a.example/media-private/x.jpg', false],
  ['longer host', 'https://a.example', 'https://a.example.evil/x.jpg', false],
  ['host in the user part', 'https://a.example', 'https://a.example@evil.example/x.jpg', false],
  ['star crosses no label', 'https://*.example/', 'https://a.b.example/x.jpg', false],
  ['star eats no port', 'http://*/', 'http://localhost:81/x.jpg', false],
  ['star crosses no segment', 'https://a.example/*/photos/', 'https://a.example/u1/x/photos/x.jpg', false],
  ['a dot is a dot', 'https://a.example/', 'https://aXexample/x.jpg', false],
  ['pattern in the query', 'https://a.example/media/', 'https://b.example/?https://a.example/media/', false],
  ['not a URL', 'a.example/media/', 'https://a.example/media/x.jpg', false],
  ['empty pattern', '', 'https://a.example/media/x.jpg', false],
]

test.each(rows)('%s', (_, pattern, url, want) => {
  expect(isListed([pattern], new URL(url))).toBe(want)
})

test('no pattern matches nothing, several match any', () => {
  const url = new URL('https://b.example/x')
  expect(isListed([], url)).toBe(false)
  expect(isListed(['nonsense', 'https://a.example/', 'https://b.example/'], url)).toBe(true)
})
