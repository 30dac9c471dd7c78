import { expect, test } from 'vitest'
import { CONFIG } from '../../testing/cases.ts'
import { nextLoader } from '../src/index.ts'

const src = 'https://blog.example/media/a.jpg'
const config = { ...CONFIG, qualities: { high: 85, low: 45, mid: 70 } }

test.each([
  ['no quality', undefined, '/w:640/f:auto/'],
  ['a level itself', 70, '/w:640/q:mid/f:auto/'],
  ['between levels', 75, '/w:640/q:high/f:auto/'],
  ['less than any', 1, '/w:640/q:low/f:auto/'],
  ['better than any', 100, '/w:640/q:high/f:auto/'],
])('%s', (_, quality, options) => {
  expect(nextLoader(config)({ src, width: 600, quality })).toBe(`https://img.example/s/${CONFIG.site}${options}plain/${src}`)
})

test('what is not to go through gip keeps its address', () => {
  expect(nextLoader(undefined)({ src, width: 600, quality: 75 })).toBe(src)
  expect(nextLoader(config)({ src: '/logo.svg', width: 600 })).toBe('/logo.svg')
})
