import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Mood } from '../../../../sw/test/browser/proxy.ts'
import { until } from '../../../../sw/test/browser/stage.ts'
import { open } from './open.ts'
import { createStage, type Stage } from './stage.ts'

// However gip fails, each image is shown as its original: asked for once, told once.

let stage: Stage
let browser: Browser

beforeAll(async () => {
  stage = await createStage()
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
})
afterAll(async () => {
  await browser?.close()
  await stage?.stop()
})
beforeEach(() => stage.reset())
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())))

const go = '<button id="go" hx-get="/fragment" hx-target="#slot">go</button><div id="slot"></div>'
/** One of each kind. */
const fragment = `<img class="new" id="a" src="/photos/1.png" alt="A lake" width="150" height="100">
<img id="b" srcset="/photos/2.png 1x, /photos/3.png 2x" src="/photos/2.png" alt="A hill">
<picture><source srcset="/photos/4.png"><img id="c" src="/photos/5.png" alt="A wood"></picture>`
const originals = ['/photos/1.png', '/photos/2.png', '/photos/4.png']

interface Failing {
  readonly name: string
  readonly mood?: Mood
  readonly act?: (page: Page) => Promise<unknown>
  readonly policy?: () => string
}

const failures: readonly Failing[] = [
  { name: 'the backend is down', mood: 'down' },
  { name: 'it answers 500', mood: 'error' },
  { name: 'it answers a web page', mood: 'page' },
  { name: 'its images end in the middle', mood: 'cut' },
  { name: 'its images are none, and say that they are', mood: 'garbage' },
  { name: 'it answers 403', act: (page) => page.route('**/f:auto/**', (route) => route.fulfill({ status: 403, body: 'denied' })) },
  { name: "the page's policy forbids its images", policy: () => `img-src 'self'` },
]

describe.each([2, 4])('htmx %i', (version) => {
  test.each(failures)('$name', async ({ mood, act, policy }) => {
    stage.policy = policy?.()
    stage.pages.set('/fragment', fragment)
    const { page, go: click, shown, events } = await open(browser, stage, version, go)
    await act?.(page)
    if (mood) await stage.proxy.become(mood)
    await click('.new')
    await shown(3)
    expect([...stage.asked].sort()).toEqual(originals)
    expect((await events('gip:fallback')).map((event) => event.split(' ')[1]).sort()).toEqual(['a', 'b', 'c'])
    expect(await events('gip:error')).toEqual([])
    expect(await page.$$eval('#slot img', (images) => images.map((image) => [image.getAttribute('alt'), image.getAttribute('srcset')]))).toEqual([
      ['A lake', null],
      ['A hill', '/photos/2.png 1x, /photos/3.png 2x'],
      ['A wood', null],
    ])
    expect(await page.getAttribute('#slot source', 'srcset')).toBe('/photos/4.png')
  })

  test('an original that fails too keeps its alt, and is not asked for again', async () => {
    await stage.proxy.become('garbage')
    stage.pages.set('/fragment', '<img class="new" id="a" src="/photos/none.png" alt="A lake">')
    const { page, go: click, events } = await open(browser, stage, version, go)
    await click('.new')
    await until('the original failed', async () => (await events('gip:error')).length)
    expect(await events('gip:fallback')).toEqual(['gip:fallback a {"original":"/photos/none.png"}'])
    expect(await events('gip:error')).toEqual(['gip:error a {"original":"/photos/none.png"}'])
    expect(stage.asked).toEqual(['/photos/none.png'])
    expect(await page.getAttribute('#a', 'alt')).toBe('A lake')
  })

  // Browsers tell nobody of an image that never comes, and have no limit that a page could set.
  test('while the backend hangs, the image waits; when the connection breaks, the original is shown', async () => {
    stage.pages.set('/fragment', '<img class="new" id="a" src="/photos/1.png" alt="">')
    const { go: click, shown, events } = await open(browser, stage, version, go)
    await stage.proxy.become('slow')
    await click('.new')
    await until('gip was asked', async () => stage.proxy.images.length)
    expect(stage.asked).toEqual([])
    await stage.proxy.become('down')
    await shown(1)
    expect(stage.asked).toEqual(['/photos/1.png'])
    expect(await events('gip:fallback')).toHaveLength(1)
  })
})

/** What the browser measures itself: an author's candidates, and gip's. */
const measured = `<img class="new" id="a" loading="lazy" sizes="auto" srcset="/photos/1.png 300w, /photos/2.png 900w" alt="" style="width: 100%">
<img id="b" sizes="auto, 100vw" src="/photos/3.png" alt="" style="width: 100%">`

describe.each([2, 4])('htmx %i, and no event tells it', (version) => {
  test.each(['error', 'garbage'] as const)('%s, once an image has grown', async (mood) => {
    stage.pages.set('/fragment', measured)
    const { page, go: click, shown, events } = await open(browser, stage, version, `<main style="width: 200px">${go}</main>`)
    await click('.new')
    await shown(2)
    await stage.proxy.become(mood)
    await page.$eval('main', (main) => (main.style.width = '900px'))
    await until('both told it', async () => (await events('gip:fallback')).length === 2)
    await shown(2)
    expect(await page.$$eval('#slot img', (images) => images.map((image) => new URL((image as HTMLImageElement).currentSrc).pathname))).toEqual(['/photos/2.png', '/photos/3.png'])
    expect(await events('gip:error')).toEqual([])
  })

  test.each(['error', 'garbage'] as const)('%s, far below what is seen', async (mood) => {
    stage.pages.set('/fragment', measured)
    const { page, go: click, shown, events } = await open(browser, stage, version, go.replace('<div', '<p style="height: 20000px"></p><div'))
    await stage.proxy.become(mood)
    await click('.new')
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight))
    await shown(2)
    expect((await events('gip:fallback')).map((event) => event.split(' ')[1]).sort()).toEqual(['a', 'b'])
  })
})

test('what failed before is not tried again by a morph of htmx 4', async () => {
  await stage.proxy.become('garbage')
  stage.pages.set('/fragment', '<img class="new" id="a" src="/photos/1.png" alt="">')
  const { page, go: click, shown, events } = await open(browser, stage, 4, go.replace('hx-target', 'hx-swap="innerMorph" hx-target'))
  await click('.new')
  await shown(1)
  const before = stage.proxy.images.length
  await page.evaluate(() => document.addEventListener('htmx:after:swap', () => document.body.append('swapped')))
  await page.click('#go')
  await page.waitForSelector('text=swapped')
  await shown(1)
  expect(stage.proxy.images).toHaveLength(before)
  expect(await events('gip:fallback')).toHaveLength(1)
  expect(await page.getAttribute('#a', 'src')).toBe('/photos/1.png')
})
