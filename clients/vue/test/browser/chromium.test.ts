import { chromium, type Browser, type BrowserContext } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, test } from 'vitest'
import { drive, type Driver } from '../../../../sw/test/browser/engines.ts'
import type { Mood } from '../../../../sw/test/browser/proxy.ts'
import { createStage, type Stage } from '../../../../sw/test/browser/stage.ts'
import { expectErrors, expectGip, expectGrown, expectOriginals, expectPatience, type Moment } from './behaviours.ts'
import { addPages } from './site.ts'

let stage: Stage
let browser: Browser
let context: BrowserContext
let driver: Driver

beforeAll(async () => {
  stage = await createStage()
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
})

afterAll(async () => {
  await browser?.close()
  await stage?.stop()
})

beforeEach(async () => {
  await stage.reset()
  context = await browser.newContext()
  driver = drive(await context.newPage())
})

afterEach(() => context.close())

const moods: (Mood | 'blocked')[] = ['down', 'error', 'denied', 'page', 'cut', 'garbage', 'blocked']
const moments: Moment[] = ['hydrated at once', 'hydrated late', 'mounted']

describe('Vue 3.5', () => {
  beforeAll(() => addPages(stage, '3.5'))

  test.each(moments)('%s: every image through gip', (moment) => expectGip(driver, stage, moment))

  describe.each(moods)('the backend: %s', (mood) => {
    test.each(moments)('%s: every image is its original', (moment) => expectOriginals(driver, stage, moment, mood))
  })

  test.each(['error', 'garbage'] as const)('the backend: %s, once an image has grown', (mood) => expectGrown(driver, stage, mood))
  test('the backend hangs', () => expectPatience(driver, stage))
  test('the originals are gone too', () => expectErrors(driver, stage))
})

describe('Vue 3.3', () => {
  beforeAll(() => addPages(stage, '3.3'))

  test('hydrated at once: every image through gip', () => expectGip(driver, stage, 'hydrated at once'))
  test('hydrated late: every image is its original', () => expectOriginals(driver, stage, 'hydrated late', 'error'))
})
