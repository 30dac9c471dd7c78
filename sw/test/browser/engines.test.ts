import { afterAll, afterEach, beforeAll, beforeEach, describe, test } from 'vitest'
import { engines, type Session } from './engines.ts'
import { expectMended, expectOriginalsWhenDown, expectTwoViews } from './other.ts'
import { createStage, type Stage } from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await createStage()
})

afterAll(() => stage?.stop())

describe.each(engines)('$name', ({ start }) => {
  let session: Session

  beforeEach(async () => {
    await stage.reset()
    session = await start()
  })

  afterEach(() => session?.stop())

  test('images through the worker on the second view, originals when the backend is down', async () => {
    await expectTwoViews(session.driver, stage)
    await expectOriginalsWhenDown(session.driver, stage)
  })

  test('what it cannot decode becomes the original', async () => {
    await expectTwoViews(session.driver, stage)
    await expectMended(session.driver, stage)
  })
})
