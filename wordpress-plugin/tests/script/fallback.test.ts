import { readFileSync } from 'node:fs'
import { JSDOM, type DOMWindow } from 'jsdom'
import { expect, test } from 'vitest'

const SCRIPT = readFileSync(new URL('../../assets/fallback.js', import.meta.url), 'utf8')
const ENDPOINT = 'https://img.example/gip'
const UP = 'https://blog.example/wp-content/uploads/2026/11/'
const PROXY = `${ENDPOINT}/${'s'.repeat(43)}/w:300/f:auto/plain/${UP}`

interface View {
  readonly document: Document
  readonly window: DOMWindow
  /** Kinds of what was reported. */
  readonly reports: string[]
  /** Has an image fail, as browsers tell it. */
  fail(selector: string): void
  /** Has an image break and no event tell it; a request of the page ends by that. */
  breakUnheard(selector: string): void
  /** Lets all timers run out. */
  wait(): void
}

type Fate = 'loaded' | 'broken' | 'waiting'

/** Opens a page with the script in its head; data-fate says what becomes of an image. */
function open(body: string): View {
  const reports: string[] = []
  const timers: (() => void)[] = []
  const observers: (() => void)[] = []
  const { window } = new JSDOM(`<head><script data-endpoint="${ENDPOINT}" data-report="https://blog.example/report">${SCRIPT}</script></head><body>${body}</body>`, {
    url: 'https://blog.example/',
    runScripts: 'dangerously',
    beforeParse(created) {
      function fate(image: HTMLImageElement): Fate {
        return (image.dataset['fate'] ?? 'waiting') as Fate
      }
      Object.defineProperty(created.HTMLImageElement.prototype, 'complete', { get() { return fate(this) !== 'waiting' } })
      Object.defineProperty(created.HTMLImageElement.prototype, 'naturalWidth', { get() { return fate(this) === 'loaded' ? 300 : 0 } })
      Object.defineProperty(created.HTMLImageElement.prototype, 'loading', { get() { return this.getAttribute('loading') ?? 'eager' } })
      created.setTimeout = ((run: () => void) => timers.push(run)) as unknown as typeof created.setTimeout
      created.PerformanceObserver = function (look: () => void) {
        return { observe: () => observers.push(look) }
      } as unknown as typeof created.PerformanceObserver
      created.fetch = ((_: string, { body: sent }: { body: URLSearchParams }) => {
        reports.push(String(sent))
        return Promise.resolve()
      }) as unknown as typeof created.fetch
    },
  })
  const { document } = window
  document.dispatchEvent(new window.Event('DOMContentLoaded', { bubbles: true }))
  return {
    document,
    window,
    reports,
    fail(selector) {
      const image = document.querySelector<HTMLImageElement>(selector)!
      image.dataset['fate'] = 'broken'
      image.dispatchEvent(new window.Event('error'))
    },
    breakUnheard(selector) {
      document.querySelector<HTMLImageElement>(selector)!.dataset['fate'] = 'broken'
      for (const look of observers) look()
    },
    wait() {
      for (const run of timers.splice(0)) run()
    },
  }
}

const base64 = `${ENDPOINT}/${'s'.repeat(43)}/f:auto/${Buffer.from(`${UP}a(1).jpg`).toString('base64url')}`

const places: [name: string, html: string, want: string][] = [
  ['src', `<img src="${PROXY}a.jpg">`, `<img src="${UP}a.jpg">`],
  ['a size beside the original', `<img src="${PROXY}a.jpg#2026/11/a-300x200.jpg">`, `<img src="${UP}a-300x200.jpg">`],
  ['as the page wrote it', `<img src="${PROXY}a.jpg#=%2Fwp-content%2Fuploads%2Fa.jpg">`, '<img src="/wp-content/uploads/a.jpg">'],
  ['escaped once more', `<img src="${PROXY}a%2520b.jpg">`, `<img src="${UP}a%20b.jpg">`],
  ['base64', `<img src="${base64}">`, `<img src="${UP}a(1).jpg">`],
  ['srcset, without what was added', `<img src="${PROXY}a.jpg" srcset="${PROXY}a.jpg#a-300x200.jpg 300w, ${PROXY}a.jpg#extra 640w" sizes="9px">`, `<img src="${UP}a.jpg" srcset="${UP}a-300x200.jpg 300w" sizes="9px">`],
  ['picture', `<picture><source srcset="${PROXY}a.jpg 300w"><img src="${PROXY}a.jpg"></picture>`, `<picture><source srcset="${UP}a.jpg 300w"><img src="${UP}a.jpg"></picture>`],
  ['style attribute', `<img src="${PROXY}a.jpg"><p style="background:url(${PROXY}a.jpg)"></p>`, `<img src="${UP}a.jpg"><p style="background:url(${UP}a.jpg)"></p>`],
  ['style element', `<img src="${PROXY}a.jpg"><style>p{background:url("${PROXY}a.jpg")}</style>`, `<img src="${UP}a.jpg"><style>p{background:url("${UP}a.jpg")}</style>`],
  ['poster and lazy', `<img src="${PROXY}a.jpg"><video poster="${PROXY}a.jpg"></video><img data-src="${PROXY}b.jpg">`, `<img src="${UP}a.jpg"><video poster="${UP}a.jpg"></video><img data-src="${UP}b.jpg">`],
  ['what cannot be read', `<img src="${PROXY}a.jpg"><img data-src="${ENDPOINT}/health">`, `<img src="${UP}a.jpg"><img data-src="${ENDPOINT}/health">`],
]

test.each(places)('the way back: %s', (_, html, want) => {
  const view = open(html)
  view.fail('img')
  expect(view.document.body.innerHTML.replaceAll(' data-fate="broken"', '')).toBe(want)
  expect(view.reports).toEqual(['kind=error'])
})

test('one broken image of many is its own fault', () => {
  const view = open(`<img id="a" src="${PROXY}a.jpg"><img id="b" src="${PROXY}b.jpg" data-fate="loaded"><img id="c" src="${PROXY}c.jpg"><img id="d" src="${PROXY}d.jpg">`)
  view.fail('#a')
  expect(sources(view)).toEqual([`${UP}a.jpg`, `${PROXY}b.jpg`, `${PROXY}c.jpg`, `${PROXY}d.jpg`])
  view.fail('#c')
  expect(view.reports).toEqual([])
  view.fail('#d')
  expect(sources(view)).toEqual(['a', 'b', 'c', 'd'].map((name) => `${UP}${name}.jpg`))
  expect(view.reports).toEqual(['kind=error'])
})

test('what failed before the script came is caught up on', () => {
  const view = open(`<img src="${PROXY}a.jpg" data-fate="broken">`)
  expect(sources(view)).toEqual([`${UP}a.jpg`])
})

test('what breaks and tells nobody is found when its request has ended', () => {
  const view = open(`<img id="a" src="${PROXY}a.jpg" data-fate="loaded"><img id="b" src="${PROXY}b.jpg" data-fate="loaded">`)
  view.breakUnheard('#b')
  expect(sources(view)).toEqual([`${PROXY}a.jpg`, `${UP}b.jpg`])
  expect(view.reports).toEqual([])
})

test('what has no way back is not asked for again, and is no sign of anything', () => {
  const view = open(`<img id="by-hand" src="${ENDPOINT}/s/blog/a.jpg"><img id="ours" src="${PROXY}a.jpg">`)
  const changes = new view.window.MutationObserver(() => undefined)
  changes.observe(view.document.querySelector('#by-hand')!, { attributes: true, attributeFilter: ['src'] })
  view.breakUnheard('#by-hand')
  expect(view.reports).toEqual([])
  view.breakUnheard('#ours')
  expect(sources(view)).toEqual([`${ENDPOINT}/s/blog/a.jpg`, `${UP}a.jpg`])
  expect(changes.takeRecords()).toEqual([])
})

test('a report is sent once', () => {
  const view = open(`<img id="a" src="${PROXY}a.jpg"><img id="b" src="${PROXY}b.jpg">`)
  view.fail('#a')
  view.document.querySelector<HTMLImageElement>('#b')!.src = `${PROXY}b.jpg`
  view.fail('#b')
  expect(view.reports).toEqual(['kind=error'])
})

test('a proxy that delivers nothing in time is slow', () => {
  const view = open(`<img src="${PROXY}a.jpg"><img src="${PROXY}b.jpg">`)
  view.wait()
  expect(sources(view)).toEqual([`${UP}a.jpg`, `${UP}b.jpg`])
  expect(view.reports).toEqual(['kind=slow'])
})

test.each([
  ['that delivered one', `<img src="${PROXY}a.jpg" data-fate="loaded"><img src="${PROXY}b.jpg">`],
  ['whose images nobody sees yet', `<img src="${PROXY}a.jpg" loading="lazy">`],
])('a proxy %s is not slow', (_, html) => {
  const view = open(html)
  const before = sources(view)
  view.wait()
  expect(sources(view)).toEqual(before)
  expect(view.reports).toEqual([])
})

test('images of others, the connection hint and the script itself stay', () => {
  const view = open(`<link rel="preconnect" href="${ENDPOINT}/"><img id="ours" src="${PROXY}a.jpg"><img id="theirs" src="https://other.example/a.jpg">`)
  view.fail('#theirs')
  expect(sources(view)[0]).toBe(`${PROXY}a.jpg`)
  view.fail('#ours')
  expect(view.document.querySelector('link')!.getAttribute('href')).toBe(`${ENDPOINT}/`)
  expect(view.document.querySelector('script')!.dataset['endpoint']).toBe(ENDPOINT)
  expect(sources(view)[1]).toBe('https://other.example/a.jpg')
})

function sources({ document }: View): (string | null)[] {
  return [...document.images].map((image) => image.getAttribute('src'))
}
