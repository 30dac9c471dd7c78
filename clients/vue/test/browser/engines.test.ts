import { afterAll, beforeAll, beforeEach, describe, test } from 'vitest'
import { engines, type Session } from '../../../../sw/test/browser/engines.ts'
import { createStage, type Stage } from '../../../../sw/test/browser/stage.ts'
import { expectGip, expectOriginals, type Moment } from './behaviours.ts'
import { addPages } from './site.ts'

let stage: Stage
let views = 0

beforeAll(async () => {
  stage = await createStage()
})

afterAll(() => stage?.stop())

const moments: Moment[] = ['hydrated at once', 'hydrated late', 'mounted']

// Chromium has every failure, in chromium.test.ts.
describe.each(engines.filter(({ name }) => name !== 'Chromium'))('$name', ({ name: engine, start }) => {
  const most = engine === 'WebKit' ? 2 : 1

  let session: Session

  beforeAll(async () => {
    session = await start()
  })
  afterAll(() => session?.stop())

  beforeEach(async () => {
    await stage.reset()
    await addPages(stage, '3.5', `?v=${++views}`)
  })

  test.each(moments)('%s: every image through gip', (moment) => expectGip(session.driver, stage, moment))

  describe.each(['down', 'error'] as const)('the backend: %s', (mood) => {
    test.each(moments)('%s: every image is its original', (moment) => expectOriginals(session.driver, stage, moment, mood, most))
  })
})
