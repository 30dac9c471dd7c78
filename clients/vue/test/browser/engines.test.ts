import { afterAll, beforeAll, beforeEach, describe, test } from 'vitest'
import { engines, type Session } from '../../../../sw/test/browser/engines.ts'
import { FAILURES } from '../../../../sw/test/browser/failures.ts'
import { createStage, type Stage } from '../../../../sw/test/browser/stage.ts'
import { expectErrors, expectGip, expectGrown, expectOriginals, type Moment } from './behaviours.ts'
import { addPages } from './site.ts'

let stage: Stage
let views = 0

beforeAll(async () => {
  stage = await createStage()
})

afterAll(() => stage?.stop())

const moments: Moment[] = ['hydrated at once', 'hydrated late', 'mounted']

describe.each(engines)('$name', ({ name: engine, start }) => {
  const most = engine === 'WebKit' ? 2 : 1

  let session: Session
  let query: string

  beforeAll(async () => {
    session = await start()
  })
  afterAll(() => session?.stop())

  beforeEach(async () => {
    await stage.reset()
    query = `?v=${++views}`
  })

  test.each(moments)('%s: every image through gip', async (moment) => {
    await addPages(stage, '3.5', { query })
    await expectGip(session.driver, stage, moment)
  })

  describe.each(FAILURES)('$name', (failure) => {
    test.each(moments)('%s: every image is its original', async (moment) => {
      await addPages(stage, '3.5', { ...failure, query })
      await expectOriginals(session.driver, stage, moment, failure, most)
    })
  })

  // Only Chromium tells nobody.
  test.each(engine === 'Chromium' ? (['error', 'garbage'] as const) : [])('%s, once an image has grown', async (mood) => {
    await addPages(stage, '3.5', { query })
    await expectGrown(session.driver, stage, mood)
  })

  test('the originals are gone too', async () => {
    await addPages(stage, '3.5', { query })
    await expectErrors(session.driver, stage)
  })

  test('Vue 3.3, hydrated at once: every image through gip', async () => {
    await addPages(stage, '3.3', { query })
    await expectGip(session.driver, stage, 'hydrated at once')
  })

  test('Vue 3.3, hydrated late: every image is its original', async () => {
    await addPages(stage, '3.3', { query })
    await expectOriginals(session.driver, stage, 'hydrated late', FAILURES[1]!, most)
  })
})
