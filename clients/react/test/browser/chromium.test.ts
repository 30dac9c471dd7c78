import { chromium, type Browser, type BrowserContext } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, test } from 'vitest'
import { drive, type Driver } from '../../../../sw/test/browser/engines.ts'
import { FAILURES } from '../../../../sw/test/browser/failures.ts'
import { createStage, type Stage } from '../../../../sw/test/browser/stage.ts'
import { expectHydrated, expectOriginals, expectUnheard, MOMENTS } from './failures.ts'
import { bundle, type Bundle } from './pages.ts'

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
  let react: Bundle
  let context: BrowserContext
  let driver: Driver

  beforeAll(async () => {
    react = await bundle(version)
  })

  beforeEach(async () => {
    await stage.reset()
    context = await browser.newContext()
    driver = drive(await context.newPage())
  })
  afterEach(() => context.close())

  test('takes over what a server rendered, without a mismatch', () => expectHydrated(driver, stage, react))

  // The newest runs these in every engine, in engines.test.ts.
  describe.each(version < 19 ? FAILURES : [])('$name', (failure) => {
    test.each(MOMENTS)('%s', (moment) => expectOriginals(driver, stage, react, failure, moment))
  })

  describe.each(['error', 'garbage'] as const)('%s, and no event tells it', (mood) => {
    test.each(['seen', 'below'] as const)('%s', (where) => expectUnheard(driver, stage, react, mood, where))
  })
})
