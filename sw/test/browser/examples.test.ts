import { mkdirSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startDemo, type Demo } from './demo.ts'
import { until } from './stage.ts'

// The pages of examples/ as `gip demo` serves them. Pictures of them are left to be looked at.

const SHOTS = join(tmpdir(), 'gip-examples')
/** Every folder of examples/ is one; a new one needs no row here. */
const NAMES = readdirSync(fileURLToPath(new URL('../../../examples', import.meta.url)), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'dist')
  .map(({ name }) => name)
/** A page without a client of its own has gip from the second view on. */
const BY_WORKER = ['plain']

let demo: Demo
let browser: Browser

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true })
  demo = await startDemo()
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
})

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
})

/** What one view of a page did wrong: its console, its layout, and each image's answer. */
interface View {
  readonly page: Page
  readonly said: readonly string[]
  /** Addresses of photographs that were answered by the site itself. */
  readonly originals: Set<string>
}

async function newView(width: number): Promise<View> {
  const context = await browser.newContext({ viewport: { width, height: 900 } })
  const page = await context.newPage()
  const said: string[] = []
  const originals = new Set<string>()
  page.on('console', (message) => message.type() === 'error' && said.push(message.text()))
  page.on('pageerror', (error) => said.push(error.message))
  page.on('response', (response) => {
    const { pathname } = new URL(response.url())
    if (pathname.startsWith('/photos/') && !response.fromServiceWorker()) originals.add(pathname)
  })
  await page.addInitScript(countShifts)
  return { page, said, originals }
}

/** Runs in the page, before its own scripts. */
function countShifts(): void {
  const window = globalThis as unknown as { shift: number }
  window.shift = 0
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shift += (entry as unknown as { value: number }).value
  }).observe({ type: 'layout-shift', buffered: true })
}

/** Lazy images only come when they are near: each is shown once. */
async function seeAll(page: Page): Promise<number> {
  await until('there are images', () => page.evaluate(() => document.images.length >= 6))
  await page.evaluate(() => {
    for (const image of document.images) image.scrollIntoView({ block: 'center' })
  })
  for (const image of await page.$$('img')) {
    await image.scrollIntoViewIfNeeded()
    await until('it is decoded', () => image.evaluate((element) => {
      const { complete, naturalWidth } = element as HTMLImageElement
      return complete && naturalWidth > 0
    }))
  }
  await page.evaluate(() => scrollTo(0, 0))
  return page.evaluate(() => document.images.length)
}

/** A first view lets the worker in; a second tells it the boxes. */
async function letWorkerIn({ page, originals }: View, address: string): Promise<void> {
  await page.goto(address)
  await until('a worker controls the page', () => page.evaluate(() => navigator.serviceWorker.controller !== null))
  await until('it gives all images', async () => {
    originals.clear()
    await page.goto(address)
    await seeAll(page)
    return originals.size === 0
  })
  originals.clear()
}

test('the demo page links to all of them', async () => {
  const { page } = await newView(1200)
  await page.goto(demo.address)
  const links = await page.$$eval('nav a', (all) => all.map((link) => link.getAttribute('href')))
  expect(links.toSorted()).toEqual(NAMES.map((name) => `/examples/${name}/`).toSorted())
  await page.context().close()
})

describe.each(NAMES)('examples/%s', (name) => {
  test.each([1350, 390])('%i pixels wide: every image comes through gip, and nothing moves', async (width) => {
    const view = await newView(width)
    const address = `${demo.address}examples/${name}/`
    if (BY_WORKER.includes(name)) await letWorkerIn(view, address)
    await view.page.goto(address)
    expect(await seeAll(view.page)).toBeGreaterThanOrEqual(6)
    expect([...view.originals], 'originals').toEqual([])
    expect(await view.page.evaluate(() => (globalThis as unknown as { shift: number }).shift), 'layout shift').toBe(0)
    expect(view.said).toEqual([])
    await view.page.screenshot({ path: join(SHOTS, `${name}-${width}.png`), fullPage: true })
    await view.page.context().close()
  })
})

describe('without gip serve', () => {
  beforeAll(() => demo.killServer())

  test.each(NAMES)('examples/%s shows its originals', async (name) => {
    const { page, originals } = await newView(1350)
    await page.goto(`${demo.address}examples/${name}/`)
    expect(await seeAll(page)).toBeGreaterThanOrEqual(6)
    expect(originals.size).toBe(6)
    await page.context().close()
  })
})
