import { expect, test } from 'vitest'
import schema from '../../../backend/vectors/schema.json' with { type: 'json' }
import { url } from '@gip4all/core'
import { CONFIG } from '../../testing/cases.ts'
import provider, { getImage } from '../src/nuxt-provider.ts'

const config = { ...schema.config, ...CONFIG }
const src = 'https://blog.example/media/a.jpg'

test.each([
  { name: 'a width becomes a rung', modifiers: { width: 500 }, same: { width: 500 } },
  { name: 'a width as text', modifiers: { width: '500' }, same: { width: 500 } },
  { name: 'a level', modifiers: { width: 320, quality: 'high', format: 'webp' }, same: { width: 320, quality: 'high', format: 'webp' } },
  { name: 'a number is no level', modifiers: { quality: 80 }, same: {} },
  { name: 'a preset', modifiers: { preset: 'card' }, same: { preset: 'card' } },
  { name: 'what a browser may not choose is left out', modifiers: { height: 300, fit: 'cover' }, same: {} },
  { name: 'nothing', modifiers: undefined, same: {} },
])('$name', ({ modifiers, same }) => {
  expect(getImage(src, { modifiers, config })).toEqual({ url: url(CONFIG, src, same) })
})

test('relative sources need the page\'s address', () => {
  expect(getImage('/media/a.jpg', { config, base: 'https://blog.example/' }).url).toBe(url(CONFIG, src))
  expect(getImage('/media/a.jpg', { config }).url).toBe('/media/a.jpg')
})

test.each([undefined, {}, { ...config, v: 2 }, { ...config, mode: 'bypass' }])('the original without a config that says on: %o', (other) => {
  expect(getImage(src, { modifiers: { width: 500 }, config: other })).toEqual({ url: src })
})

test('version 2 of @nuxt/image asks for the provider itself', () => {
  expect(provider().getImage).toBe(getImage)
})
