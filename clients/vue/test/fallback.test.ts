// @vitest-environment jsdom
import { createApp, h, nextTick, ref, shallowRef, type Component } from 'vue'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { original, type Config, type PictureProps } from '@gip4all/core'
import { CASES, CONFIG } from '../../testing/cases.ts'
import { gip, GipImage, GipPicture, type Bound, type Exposed } from '../src/index.ts'
import { shownIn, textOf } from './rendering.ts'

const lake = { src: 'https://blog.example/media/a.jpg', alt: 'A lake', width: 600, height: 400 } as const

let unmount = (): void => {}
afterEach(() => unmount())

/** Mounts a component into the page, and says what it tells. */
function mount(component: Component, config?: Parameters<typeof gip.install>[1]): HTMLElement {
  const place = document.body.appendChild(document.createElement('main'))
  const app = createApp(component).use(gip, config)
  app.mount(place)
  unmount = () => {
    app.unmount()
    place.remove()
  }
  return place
}

function listeners() {
  return { onLoad: vi.fn(), onError: vi.fn(), onFallback: vi.fn() }
}

/** The event as a browser gives it: what was broken is complete, which jsdom never says. */
async function tell(place: HTMLElement, event: 'load' | 'error'): Promise<void> {
  const img = place.querySelector('img')!
  Object.defineProperty(img, 'complete', { value: true, configurable: true })
  img.dispatchEvent(new Event(event))
  await nextTick()
}

/** Styles are jsdom's own business: it does not know them all. */
const unstyled = ({ style: _, ...others }: Readonly<Record<string, string>>) => others

describe.each(CASES)('$name', ({ config, props, shown, failed }) => {
  test('an error shows the original, once', async () => {
    let bound: Bound | undefined
    const heard = listeners()
    const slots = { default: ({ attributes }: { attributes: Bound }) => [h('img', { ...(bound = attributes) })] }
    const given: PictureProps = { ...props, ...heard }
    const place = mount({ render: () => (props.sources ? h(GipPicture, { ...given }, slots) : h(GipImage, { ...given }, slots)) }, config)
    expect(textOf(bound!)).toEqual(shown.img)
    await tell(place, 'error')
    await tell(place, 'error')
    const got = shownIn(place.innerHTML)
    expect(unstyled(got.img)).toEqual(unstyled(failed.img))
    expect(textOf(bound!)).toEqual(failed.img)
    expect(got.sources).toEqual(failed.sources)
    const isThroughGip = shown.img['data-gip'] !== ''
    expect(heard.onFallback).toHaveBeenCalledTimes(isThroughGip ? 1 : 0)
    expect(heard.onError).toHaveBeenCalledTimes(isThroughGip ? 1 : 2)
  })
})

test('errors that come before the original is rendered are one failure', async () => {
  const heard = listeners()
  const place = mount({ render: () => h(GipImage, { ...lake, ...heard }) }, CONFIG)
  const img = place.querySelector('img')!
  for (let i = 0; i < 3; i++) img.dispatchEvent(new Event('error'))
  await nextTick()
  expect(heard.onFallback.mock.calls).toEqual([[{ src: lake.src, failed: '' }]])
  expect(heard.onError).not.toHaveBeenCalled()
  await tell(place, 'load')
  expect(heard.onLoad).toHaveBeenCalledTimes(1)
})

test('an error that comes while the original loads is not its own', async () => {
  const heard = listeners()
  const place = mount({ render: () => h(GipImage, { ...lake, ...heard }) }, CONFIG)
  const img = place.querySelector('img')!
  await tell(place, 'error')
  Object.defineProperty(img, 'complete', { value: false })
  img.dispatchEvent(new Event('error'))
  expect(heard.onError).not.toHaveBeenCalled()
})

test('fallback: false leaves the failure to the page', async () => {
  const heard = listeners()
  const place = mount({ render: () => h(GipImage, { ...lake, ...heard, fallback: false }) }, CONFIG)
  const before = place.innerHTML
  await tell(place, 'error')
  expect(place.innerHTML).toBe(before)
  expect([heard.onError.mock.calls.length, heard.onFallback.mock.calls.length]).toEqual([1, 0])
})

test('what failed is not asked for again, and what is new is', async () => {
  const src = ref<string>(lake.src)
  const alt = ref('A lake')
  const place = mount({ render: () => h(GipImage, { ...lake, src: src.value, alt: alt.value, breakpoints: [320] }) }, CONFIG)
  const shownSrc = () => place.querySelector('img')!.getAttribute('src')
  await tell(place, 'error')
  alt.value = 'Another text'
  await nextTick()
  expect([shownSrc(), place.querySelector('img')!.alt]).toEqual([lake.src, 'Another text'])
  src.value = 'https://blog.example/media/b.jpg'
  await nextTick()
  expect(shownSrc()).toContain('https://img.example/')
  src.value = lake.src
  await nextTick()
  expect(shownSrc()).toBe(lake.src)
})

test('a config that changes is followed: the switch needs no reload', async () => {
  const config = shallowRef<Config | undefined>(CONFIG)
  const place = mount({ render: () => h(GipImage, { ...lake }) }, config)
  expect(place.querySelector('img')!.src).toContain('https://img.example/')
  config.value = { ...CONFIG, mode: 'bypass' }
  await nextTick()
  expect(unstyled(shownIn(place.innerHTML).img)).toEqual(unstyled(textOf(original(lake))))
})

test('a template ref has the element', () => {
  const image = ref<Exposed>()
  const place = mount({ render: () => h(GipImage, { ...lake, ref: image }) }, CONFIG)
  expect(image.value?.imgEl).toBe(place.querySelector('img'))
  unmount()
  expect(image.value).toBeNull()
})

test('class and style: an image has its own, those of a picture are the root\'s', () => {
  const template = `<GipImage v-bind="lake" class="one" style="object-fit: contain; --x: 1" data-x="1" />
    <GipPicture v-bind="lake" class="two" style="color: red" id="three" :img-attrs="{ class: 'four', style: { color: 'blue' } }" />`
  const place = mount({ components: { GipImage, GipPicture }, setup: () => ({ lake }), template } as Component, CONFIG)
  const [image, inner] = place.querySelectorAll('img')
  const picture = place.querySelector('picture')!
  expect(image).toMatchObject({ className: 'one', dataset: { x: '1' } })
  expect(image!.getAttribute('style')).toMatch(/--x: 1/)
  expect([picture.className, picture.style.color, picture.id]).toEqual(['two', 'red', ''])
  expect([inner!.className, inner!.style.color, inner!.id]).toEqual(['four', 'blue', 'three'])
})

test('without the plugin every image is its original', () => {
  const place = document.createElement('main')
  const app = createApp({ render: () => h(GipImage, { ...lake }) })
  app.mount(place)
  expect(unstyled(shownIn(place.innerHTML).img)).toEqual(unstyled(textOf(original(lake))))
  app.unmount()
})
