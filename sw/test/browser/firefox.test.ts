import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { afterAll, beforeAll, beforeEach, test } from 'vitest'
import { expectMended, expectOriginalsWhenDown, expectTwoViews, type Driver } from './other.ts'
import { createStage, type Stage } from './stage.ts'

let stage: Stage
let browser: Browser
let driver: Driver

beforeAll(async () => {
  stage = await createStage()
})

beforeEach(async () => {
  await stage.reset()
  await browser?.close()
  // A new profile: no cache, no worker, no storage.
  browser = await puppeteer.launch({ browser: 'firefox', executablePath: '/usr/bin/firefox-esr', headless: true })
  driver = drive(await browser.newPage())
})

afterAll(async () => {
  await browser?.close()
  await stage?.stop()
})

test('Firefox: images through the worker on the second view, originals when the backend is down', async () => {
  await expectTwoViews(driver, stage)
  await expectOriginalsWhenDown(driver, stage)
})

test('Firefox: what it cannot decode becomes the original', async () => {
  await expectTwoViews(driver, stage)
  await expectMended(driver, stage)
})

function drive(page: Page): Driver {
  return {
    open: async (url) => void (await page.goto(url, { waitUntil: 'domcontentloaded' })),
    run: (body) => page.evaluate(`(() => { ${body} })()`),
  }
}
