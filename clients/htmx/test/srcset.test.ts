import { expect, test } from 'vitest'
import { mapSrcset } from '../src/srcset.ts'

test.each([
  { name: 'one', srcset: 'a.jpg', want: '[a.jpg]' },
  { name: 'densities', srcset: 'a.jpg 1x, b.jpg 2x', want: '[a.jpg] 1x, [b.jpg] 2x' },
  { name: 'widths and no spaces', srcset: 'a.jpg 100w,b.jpg 200w', want: '[a.jpg] 100w,[b.jpg] 200w' },
  { name: 'no descriptor before a comma', srcset: 'a.jpg, b.jpg 2x', want: '[a.jpg], [b.jpg] 2x' },
  { name: 'commas in an address', srcset: '/c,w_1/a.jpg 1x, /d,e.jpg 2x', want: '[/c,w_1/a.jpg] 1x, [/d,e.jpg] 2x' },
  { name: 'data', srcset: 'data:image/png;base64,AA 1x, b 2x', want: '[data:image/png;base64,AA] 1x, [b] 2x' },
  { name: 'nothing', srcset: ' ', want: ' ' },
])('$name', ({ srcset, want }) => {
  expect(mapSrcset(srcset, (address) => `[${address}]`)).toBe(want)
})
