import { createImage } from '@nuxt/image/runtime'
import { url } from '@gip4all/core'
import { describe, expect, test } from 'vitest'
import schema from '../../../backend/vectors/schema.json' with { type: 'json' }
import { CONFIG } from '../../testing/cases.ts'
import provider from '../src/nuxt-provider.ts'

// What @nuxt/image itself makes of the provider: its own runtime, configured as its module does from nuxt.config.

const base = 'https://blog.example/'
const config = { ...schema.config, ...CONFIG }
const site = { ...CONFIG, base }
const src = '/media/a.jpg'

function create(mode: string) {
  return createImage({
    provider: 'gip',
    providers: { gip: { setup: provider, defaults: { config: { ...config, mode }, base } } },
    presets: { thumb: { modifiers: { width: 320, quality: 'low' } }, card: { modifiers: { preset: 'card' } } },
    alias: { '/pictures': 'https://blog.example/media' },
    screens: { sm: 640, md: 1280 },
    domains: [],
    densities: [1, 2],
    format: ['webp'],
    quality: 80,
  } as unknown as Parameters<typeof createImage>[0])
}

describe('through $img', () => {
  const $img = create('on')

  test.each([
    { name: 'as it is', got: () => $img(src), want: url(site, src) },
    { name: 'a width', got: () => $img(src, { width: 500 }), want: url(site, src, { width: 500 }) },
    { name: 'a width as text', got: () => $img(src, { width: '500px' as never }), want: url(site, src, { width: 500 }) },
    { name: 'a preset of Nuxt', got: () => $img(src, {}, { preset: 'thumb' }), want: url(site, src, { width: 320, quality: 'low' }) },
    { name: 'a preset of the site', got: () => $img(src, {}, { preset: 'card' }), want: url(site, src, { preset: 'card' }) },
    { name: 'an alias', got: () => $img('/pictures/a.jpg', { width: 320 }), want: url(site, src, { width: 320 }) },
    { name: 'a source that the site does not list', got: () => $img('https://other.example/a.jpg', { width: 320 }), want: 'https://other.example/a.jpg' },
    { name: 'a data URI', got: () => $img('data:image/gif;base64,R0'), want: 'data:image/gif;base64,R0' },
  ])('$name', ({ got, want }) => {
    expect(got()).toBe(want)
  })

  test('sizes give a srcset of rungs, each once', () => {
    const { sizes, srcset, src: last } = $img.getSizes(src, { sizes: 'sm:100vw md:50vw', modifiers: { quality: 'high' } })
    const at = (width: number): string => url(site, src, { width, quality: 'high' })
    expect(sizes).toBe('(max-width: 1279px) 100vw, 50vw')
    expect(srcset).toBe(`${at(640)} 640w, ${at(1280)} 1280w`)
    expect(last).toBe(at(1280))
  })

  test('densities give a srcset of densities', () => {
    const { srcset } = $img.getSizes(src, { modifiers: { width: 320 } })
    expect(srcset).toBe(`${url(site, src, { width: 320 })} 1x, ${url(site, src, { width: 640 })} 2x`)
  })
})

test.each(['bypass', 'unregister'])('the mode %s: originals', (mode) => {
  const $img = create(mode)
  expect($img(src, { width: 320 })).toBe(src)
  expect($img.getSizes(src, { modifiers: { width: 320 } }).srcset).toBe(`${src} 1x, ${src} 2x`)
})
