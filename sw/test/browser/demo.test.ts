import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDemo, type Demo } from './demo.ts'
import { until } from './stage.ts'

let demo: Demo
let browser: Browser

beforeAll(async () => {
  demo = await startDemo()
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
})

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
})

interface Row {
  readonly image: string
  readonly format: string
  readonly through: string
}

/** The panel's rows, once it has counted every photo. */
async function panel(page: Page): Promise<readonly Row[]> {
  await until('the panel has counted', () =>
    page.evaluate(() => !document.querySelector('#total')?.textContent?.includes('counting')),
  )
  return page.$$eval('#panel tbody tr', (rows) =>
    rows.map((row) => {
      const cells = [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? '')
      return { image: cells[0] ?? '', format: cells[3] ?? '', through: cells[4] ?? '' }
    }),
  )
}

function photosShown(page: Page): Promise<boolean> {
  return page.evaluate(() => [...document.images].every((image) => image.complete && image.naturalWidth > 0))
}

test('the demo: originals, then gip, then the originals again when gip serve is killed', async () => {
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } })
  await page.goto(demo.address)
  const first = await panel(page)
  expect(first.length).toBeGreaterThanOrEqual(6)
  expect(first.map((row) => row.through)).toEqual(first.map(() => 'no'))
  await until('a worker controls the page', () => page.evaluate(() => navigator.serviceWorker.controller !== null))

  await page.reload()
  const second = await panel(page)
  expect(second.map((row) => row.through)).toEqual(first.map(() => 'yes'))
  for (const { format } of second) expect(format).toMatch(/^(avif|webp)$/)
  expect(await page.textContent('#total')).toMatch(/\d\d % less/)

  demo.killServer()
  // What the browser has kept of gip's still shows, and is still small.
  await page.reload()
  await until('every photo shows', () => photosShown(page))
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Network.clearBrowserCache')
  await page.reload()
  const third = await panel(page)
  expect(third.map((row) => row.through)).toEqual(first.map(() => 'no'))
  await until('every photo shows', () => photosShown(page))
  await page.close()
})
