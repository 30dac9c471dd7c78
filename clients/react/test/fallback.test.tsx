import { createRef, StrictMode, version } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { CONFIG } from '../../testing/cases.ts'
import { GipProvider, Image, Picture } from '../src/client.ts'
import { Image as ServerImage } from '../src/index.ts'
import { breakImage, flushSync, hydrate, mount, renderToString, VERSION } from './host.ts'

const lake = { src: 'https://blog.example/media/a.jpg', alt: 'A lake', width: 600, height: 400 } as const
const served = 'https://img.example/s/'

const said = vi.spyOn(console, 'error').mockImplementation(() => undefined)
afterEach(() => {
  expect(said.mock.calls, 'React has nothing to complain of').toEqual([])
  localStorage.clear()
})

const srcIn = (box: Element): string => box.querySelector('img')!.src

test(`this is React ${VERSION}`, () => {
  expect(process.env['VITEST_POOL_ID'] && version).toMatch(/^1[789]\./)
})

test("an author's own listener hears of every failure", () => {
  const onError = vi.fn()
  const onFallback = vi.fn()
  const { box } = mount(<Image config={CONFIG} {...lake} onError={onError} onFallback={onFallback} />)
  breakImage(box)
  breakImage(box)
  expect(onError).toHaveBeenCalledTimes(2)
  expect(onFallback).toHaveBeenCalledTimes(1)
  expect(onFallback.mock.calls[0]![0]).toMatchObject({ src: lake.src, image: box.querySelector('img') })
})

test('fallback={false} leaves a failure to the page', () => {
  const onError = vi.fn()
  const { box } = mount(<Image config={CONFIG} {...lake} fallback={false} onError={onError} />)
  breakImage(box)
  expect([srcIn(box).startsWith(served), onError.mock.calls.length]).toEqual([true, 1])
})

test('another image gets another chance, the same one does not', () => {
  const { box, show } = mount(<Image config={CONFIG} {...lake} />)
  breakImage(box)
  show(<Image config={{ ...CONFIG }} {...lake} />)
  expect(srcIn(box)).toBe(lake.src)
  show(<Image config={CONFIG} {...lake} src="https://blog.example/media/b.jpg" />)
  expect(srcIn(box)).toContain(served)
})

test('a picture stays the same element, whatever fails', () => {
  const sources = [{ media: 'print', src: 'https://blog.example/media/b.jpg', width: 3, height: 2 }]
  const { box } = mount(<Picture config={CONFIG} {...lake} src="https://other.example/a.jpg" sources={sources} />)
  const before = box.querySelector('img')
  breakImage(box)
  expect(box.querySelector('img')).toBe(before)
  expect(box.innerHTML).not.toContain(served)
})

test.each([
  ['client', Image],
  ['server', ServerImage],
])('refs of both kinds reach the image of the entry %s', (_, Component) => {
  const object = createRef<HTMLImageElement>()
  const seen: (HTMLImageElement | null)[] = []
  const { box, show } = mount(<Component config={CONFIG} {...lake} ref={object} />)
  expect(object.current).toBe(box.querySelector('img'))
  show(<Component config={CONFIG} {...lake} ref={(image) => void seen.push(image)} />)
  expect([object.current, seen]).toEqual([null, [box.querySelector('img')]])
  show(<p />)
  expect(seen.at(-1)).toBe(null)
})

test('what failed before hydration is found, once, also in StrictMode', () => {
  const onFallback = vi.fn()
  const page = <StrictMode><GipProvider config={CONFIG}><Image {...lake} onFallback={onFallback} /></GipProvider></StrictMode>
  const box = document.createElement('div')
  box.innerHTML = renderToString(page)
  said.mockClear() // of what React says of effects on servers: this one has a document, others do not
  Object.defineProperties(box.querySelector('img')!, { complete: { value: true }, naturalWidth: { value: 0 } })
  hydrate(box, page)
  flushSync(() => undefined)
  expect([srcIn(box), onFallback.mock.calls.length]).toEqual([lake.src, 1])
})

test('a provider gives its config, an image may have its own', () => {
  const other = { ...CONFIG, site: 'other.TOKEN' }
  const { box, show } = mount(<GipProvider config={CONFIG}><Image {...lake} /></GipProvider>)
  expect(srcIn(box)).toContain(`/s/${CONFIG.site}/`)
  show(<GipProvider config={CONFIG}><Image {...lake} config={other} /></GipProvider>)
  expect(srcIn(box)).toContain('/s/other.TOKEN/')
  show(<GipProvider config={{ ...CONFIG, mode: 'bypass' }}><Image {...lake} /></GipProvider>)
  expect(srcIn(box)).toBe(lake.src)
})

test('a visitor can switch gip off', () => {
  localStorage.setItem('gip', 'off')
  const { box } = mount(<GipProvider config={CONFIG}><Image {...lake} /></GipProvider>)
  expect(srcIn(box)).toBe(lake.src)
})
