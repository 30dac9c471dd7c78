import { describe, test } from 'vitest'
import { inEveryEngine } from './every.ts'
import { FAILURES, type Failure } from './failures.ts'
import { expectGrownMended, expectOriginals, expectTwoViews } from './other.ts'

/** A worker's answers are the page's own, which no policy forbids (policies.test.ts); and it reads them, so they must be shared. */
const failures = FAILURES.filter(({ isBlocked }) => !isBlocked)
const late: Failure = { name: 'only its images hang', mood: 'slow' }

inEveryEngine(() => undefined, (rig) => {
  test('images through the worker on the second view', () => expectTwoViews(rig.driver, rig.stage))

  describe.each([...failures, late])('$name', (failure) => {
    test('every photo is its original', () => expectOriginals(rig.driver, rig.stage, failure))
  })

  test('what it chooses as its box grows and cannot decode becomes the original', () => expectGrownMended(rig.driver, rig.stage, rig.engine !== 'WebKit'))
})
