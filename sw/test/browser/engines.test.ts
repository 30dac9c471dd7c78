import { afterAll, afterEach, beforeAll, beforeEach, describe, test } from 'vitest'
import { engines, type Session } from './engines.ts'
import { FAILURES, type Failure } from './failures.ts'
import { expectGrownMended, expectOriginals, expectTwoViews } from './other.ts'
import { createStage, type Stage } from './stage.ts'

/** A worker's answers are the page's own, which no policy forbids (policies.test.ts); and it reads them, so they must be shared. */
const failures = FAILURES.filter(({ isBlocked }) => !isBlocked)
const late: Failure = { name: 'only its images hang', mood: 'slow' }

let stage: Stage

beforeAll(async () => {
  stage = await createStage()
})

afterAll(() => stage?.stop())

describe.each(engines)('$name', ({ name, start }) => {
  let session: Session

  beforeEach(async () => {
    await stage.reset()
    session = await start()
  })

  afterEach(() => session?.stop())

  test('images through the worker on the second view', () => expectTwoViews(session.driver, stage))

  describe.each([...failures, late])('$name', (failure) => {
    test('every photo is its original', () => expectOriginals(session.driver, stage, failure))
  })

  test('what it chooses as its box grows and cannot decode becomes the original', () => expectGrownMended(session.driver, stage, name !== 'WebKit'))
})
