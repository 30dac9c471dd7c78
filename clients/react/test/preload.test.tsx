import { afterEach, expect, test, vi } from 'vitest'
import { CONFIG } from '../../testing/cases.ts'
import { Image as ClientImage } from '../src/client.ts'
import { Image, Preload } from '../src/index.ts'
import { breakImage, mount, renderToString, VERSION } from './host.ts'

const lake = { src: 'https://blog.example/media/a.jpg', alt: 'A lake', width: 600, height: 400, priority: true, crossOrigin: 'anonymous' } as const

const said = vi.spyOn(console, 'error')
afterEach(() => expect(said.mock.calls, 'React has nothing to complain of').toEqual([]))

const links = (text: string): readonly string[] => text.match(/<link[^>]*>/g) ?? []

test('an image with priority is preloaded once, by React or by a link in the head', () => {
  const early = links(renderToString(<><Preload config={CONFIG} {...lake} /><Image config={CONFIG} {...lake} /></>))
  expect(early).toHaveLength(1)
  expect(early[0]).toMatch(/rel="preload".*as="image"/)
  expect(early[0]!.toLowerCase()).toContain('fetchpriority="high"')
  expect(early[0]!.toLowerCase()).toMatch(/imagesrcset=.* imagesizes="/)
  expect(early[0]!.toLowerCase()).toMatch(/crossorigin="(anonymous)?"/)
  expect(early[0]).not.toContain('href')
})

test('without a config it is the original', () => {
  expect(links(renderToString(<><Preload {...lake} /><Image {...lake} /></>))).toEqual([expect.stringContaining(`href="${lake.src}"`)])
})

test('the original of what failed is loaded by the image alone', () => {
  const src = 'https://blog.example/media/b.jpg'
  document.head.replaceChildren()
  const { box } = mount(<ClientImage config={CONFIG} {...lake} src={src} />)
  breakImage(box)
  expect(box.querySelector('img')!.src).toBe(src)
  expect(document.head.querySelectorAll('link')).toHaveLength(VERSION < 19 ? 0 : 1)
})
