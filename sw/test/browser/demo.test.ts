import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BINARY } from './gip.ts'
import { until } from './stage.ts'

// What a newcomer sees after `make run`, which is `gip demo --serve`.

let folder: string
let demo: ChildProcess
let address: string
let browser: Browser

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gip-demo-'))
  demo = spawn(BINARY, ['demo', '--serve', '--listen', '127.0.0.1:0'], {
    env: { PATH: process.env['PATH'], HOME: folder, GIP_DATA: join(folder, 'data'), GIP_LISTEN: '127.0.0.1:0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  address = await printedAddress(demo)
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
})

afterAll(async () => {
  await browser?.close()
  const gone = new Promise((resolve) => demo.once('exit', resolve))
  demo.kill('SIGTERM')
  await gone
  rmSync(folder, { recursive: true, force: true })
})

function printedAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdout?.on('data', (data: Buffer) => {
      said += data
      const found = /the demo page is at (http:\S+)/.exec(said)?.[1]
      if (found) resolve(found)
    })
    child.once('exit', (code) => reject(new Error(`gip demo ended with ${code}: ${said}`)))
  })
}

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
  await page.goto(address)
  const first = await panel(page)
  expect(first.length).toBeGreaterThanOrEqual(6)
  expect(first.map((row) => row.through)).toEqual(first.map(() => 'no'))
  await until('a worker controls the page', () => page.evaluate(() => navigator.serviceWorker.controller !== null))

  await page.reload()
  const second = await panel(page)
  expect(second.map((row) => row.through)).toEqual(first.map(() => 'yes'))
  for (const { format } of second) expect(format).toMatch(/^(avif|webp)$/)
  expect(await page.textContent('#total')).toMatch(/\d\d % less/)

  execFileSync('pkill', ['-KILL', '-P', `${demo.pid}`])
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
