import { afterAll, beforeAll, beforeEach, describe, test } from 'vitest'
import { engines, type Session } from '../../../../sw/test/browser/engines.ts'
import { FAILURES } from '../../../../sw/test/browser/failures.ts'
import { createStage, type Stage } from '../../../../sw/test/browser/stage.ts'
import { expectHydrated, expectOriginals, MOMENTS } from './failures.ts'
import { bundle, type Bundle } from './pages.ts'

let stage: Stage
let react: Bundle
let views = 0

beforeAll(async () => {
  stage = await createStage()
  react = await bundle(19)
})

afterAll(() => stage?.stop())

describe.each(engines)('$name', ({ name: engine, start }) => {
  const most = engine === 'WebKit' ? 2 : 1

  let session: Session

  beforeAll(async () => {
    session = await start()
  })
  afterAll(() => session?.stop())

  beforeEach(() => stage.reset())

  const fresh = (): string => `?v=${++views}`

  test('takes over what a server rendered, without a mismatch', () => expectHydrated(session.driver, stage, react, fresh()))

  describe.each(FAILURES)('$name', (failure) => {
    test.each(MOMENTS)('%s', (moment) => expectOriginals(session.driver, stage, react, failure, moment, fresh(), most))
  })
})
