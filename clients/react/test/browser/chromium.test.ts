import { chromium, type Browser, type BrowserContext } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, test } from 'vitest'
import { drive, type Driver } from '../../../../sw/test/browser/engines.ts'
import { createStage, type Stage } from '../../../../sw/test/browser/stage.ts'
import { expectHydrated, expectOriginals, expectUnheard, FAILURES, MOMENTS, prepare } from './failures.ts'
import { startPages, type Pages } from './pages.ts'

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

describe.each([17, 18, 19])('React %i', (version) => {
  let pages: Pages
  let context: BrowserContext
  let driver: Driver

  beforeAll(async () => {
    pages = await startPages(version)
  })
  afterAll(() => pages?.stop())

  beforeEach(async () => {
    await stage.reset()
    await prepare(stage, pages)
    context = await browser.newContext()
    driver = drive(await context.newPage())
  })
  afterEach(() => context.close())

  test('takes over what a server rendered, without a mismatch', () => expectHydrated(driver, stage, pages))

  describe.each(FAILURES)('%s', (failure) => {
    test.each(MOMENTS)('%s', (moment) => expectOriginals(driver, stage, pages, failure, moment))
  })

  describe.each(['error', 'garbage'] as const)('%s, and no event tells it', (failure) => {
    test.each(['seen', 'below'] as const)('%s', (where) => expectUnheard(driver, stage, pages, failure, where))
  })
})
