import { afterAll, beforeAll, beforeEach, describe, test } from 'vitest'
import { engines, type Session } from '../../../../sw/test/browser/engines.ts'
import { createStage, type Stage } from '../../../../sw/test/browser/stage.ts'
import { expectHydrated, expectOriginals, MOMENTS, prepare } from './failures.ts'
import { startPages, type Pages } from './pages.ts'

let stage: Stage
let pages: Pages
let views = 0

beforeAll(async () => {
  stage = await createStage()
  pages = await startPages(19)
})

afterAll(async () => {
  await pages?.stop()
  await stage?.stop()
})

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
    await prepare(stage, pages, `?v=${++views}`)
  })

  test('takes over what a server rendered, without a mismatch', () => expectHydrated(session.driver, stage, pages))

  describe.each(['down', 'error'] as const)('%s', (failure) => {
    test.each(MOMENTS)('%s', (moment) => expectOriginals(session.driver, stage, pages, failure, moment, most))
  })
})
