import { expect, test } from 'vitest'
import { CONFIG } from '../../testing/cases.ts'
import { rewriteSrcset } from '../src/srcset.ts'

const A = 'https://blog.example/media/a.jpg'
const GIP = `https://img.example/s/blog.TOKEN/f:auto/plain/${A}`

test.each([
  ['widths', `${A} 400w, ${A} 800w`, `${GIP} 400w, ${GIP} 800w`],
  ['densities without spaces', `${A} 1x,${A} 2x`, `${GIP} 1x, ${GIP} 2x`],
  ['no descriptor', A, GIP],
  ['a trailing comma', `${A}, ${A} 2x`, `${GIP}, ${GIP} 2x`],
  ['an address with a comma inside', `https://blog.example/media/a,b.jpg 2x`, 'https://img.example/s/blog.TOKEN/f:auto/plain/https://blog.example/media/a,b.jpg 2x'],
  ['others stay beside it', `${A} 1x, https://other.example/a.jpg 2x`, `${GIP} 1x, https://other.example/a.jpg 2x`],
  ['nothing of the site', ' https://other.example/a.jpg   2x ', ' https://other.example/a.jpg   2x '],
])('%s', (_, srcset, want) => {
  expect(rewriteSrcset(CONFIG, srcset)).toBe(want)
})
