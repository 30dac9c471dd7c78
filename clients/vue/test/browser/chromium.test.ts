import { chromium, type Browser, type BrowserContext } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, test } from 'vitest'
import { drive, type Driver } from '../../../../sw/test/browser/engines.ts'
import type { Mood } from '../../../../sw/test/browser/proxy.ts'
import { createStage, type Stage } from '../../../../sw/test/browser/stage.ts'
import { expectErrors, expectGip, expectOriginals, expectPatience, type Moment } from './behaviours.ts'
import { addPages, VERSIONS, type Version } from './site.ts'

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

describe.each(Object.keys(VERSIONS) as Version[])('Vue %s', (version) => {
  beforeAll(() => addPages(stage, version))

  test.each(moments)('%s: every image through gip', (moment) => expectGip(driver, stage, moment))

  describe.each(moods)('the backend: %s', (mood) => {
    const those = moments.filter((moment) => mood !== 'blocked' || moment !== 'mounted')
    test.each(those)('%s: every image is its original', (moment) => expectOriginals(driver, stage, moment, mood))
  })

  test('the backend hangs', () => expectPatience(driver, stage))
  test('the originals are gone too', () => expectErrors(driver, stage))
})
