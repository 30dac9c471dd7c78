// @vitest-environment jsdom
import { createApp, nextTick, shallowRef, type App } from 'vue'
import { afterEach, expect, test, vi } from 'vitest'
import type { Config, Props } from '@gip4all/core'
import { CASES, CONFIG } from '../../testing/cases.ts'
import { FALLBACK_EVENT, gip, vGip } from '../src/index.ts'

const lake: Props = { src: 'https://blog.example/media/a.jpg', alt: 'A lake', width: 600, height: 400 }

const config = shallowRef<Config | undefined>(CONFIG)
const props = shallowRef<Props>(lake)
const isThere = shallowRef(true)
const onError = vi.fn()
const onFallback = vi.fn()
let app: App

function mount(): HTMLImageElement {
  const place = document.body.appendChild(document.createElement('main'))
  place.addEventListener(FALLBACK_EVENT, onFallback)
  const template = '<img v-if="isThere" v-gip="props" class="mine" style="color: red" @error="onError">'
  app = createApp({ setup: () => ({ props, isThere, onError }), template }).directive('gip', vGip).use(gip, config)
  app.mount(place)
  return place.querySelector('img')!
}

function attributesOf(img: Element): Readonly<Record<string, string>> {
  const all = [...img.attributes].filter(({ name }) => name !== 'style' && name !== 'class')
  return Object.fromEntries(all.map(({ name, value }) => [name, value]))
}

afterEach(() => {
  app.unmount()
  config.value = CONFIG
  props.value = lake
  isThere.value = true
  vi.clearAllMocks()
})

test.each(CASES.filter(({ props }) => !props.sources))('$name', async (each) => {
  config.value = each.config
  props.value = each.props
  const img = mount()
  const { style: _, ...shown } = each.shown.img
  expect(attributesOf(img)).toEqual(shown)
  img.dispatchEvent(new Event('error'))
  await nextTick()
  const { style: __, ...failed } = each.failed.img
  expect(attributesOf(img)).toEqual(failed)
  expect(onFallback).toHaveBeenCalledTimes(shown['data-gip'] ? 1 : 0)
})

test('a failure is told once; the page hears only of the original', async () => {
  const img = mount()
  img.dispatchEvent(new Event('error'))
  expect(onError).not.toHaveBeenCalled()
  await nextTick()
  expect(img.src).toBe(lake.src)
  expect((onFallback.mock.calls[0]![0] as CustomEvent).detail).toMatchObject({ src: lake.src })
  img.dispatchEvent(new Event('error'))
  expect(onError, 'while the original loads').not.toHaveBeenCalled()
  Object.defineProperty(img, 'complete', { value: true })
  img.dispatchEvent(new Event('error'))
  expect([onError.mock.calls.length, onFallback.mock.calls.length]).toEqual([1, 1])
})

test('props and config are followed; styles of the page stay', async () => {
  const img = mount()
  props.value = { src: 'https://blog.example/media/b.jpg', alt: '', width: 300, height: 200, layout: 'fixed', unstyled: true }
  await nextTick()
  expect(attributesOf(img)).toMatchObject({ alt: '', width: '300', 'data-gip': 'https://blog.example/media/b.jpg' })
  expect([img.className, img.getAttribute('style')]).toEqual(['mine', 'color: red;'])
  config.value = undefined
  await nextTick()
  expect(img.src).toBe('https://blog.example/media/b.jpg')
  expect(img.hasAttribute('srcset')).toBe(false)
})

test('what did not change is not set again: browsers would load it again', async () => {
  const img = mount()
  const set = vi.spyOn(img, 'setAttribute')
  props.value = { ...lake }
  await nextTick()
  expect(set).not.toHaveBeenCalled()
})

test('an image that is gone is left alone', async () => {
  const img = mount()
  isThere.value = false
  await nextTick()
  config.value = undefined
  img.dispatchEvent(new Event('error'))
  expect(img.src).toContain('https://img.example/')
  expect(onFallback).not.toHaveBeenCalled()
})
