import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest'
import { engines, type Driver, type Engine, type Session } from './engines.ts'
import { createStage, type Stage } from './stage.ts'

/** What the tests of a file find, once they run. */
export interface Rig {
  readonly engine: Engine['name']
  /** One for the file; before each test it works again, and has heard nothing. */
  readonly stage: Stage
  /** Of a browser that the test has for itself. */
  readonly driver: Driver
}

/** Declares the tests of a file for every engine. */
export function inEveryEngine(prepare: (stage: Stage) => void, declare: (rig: Rig) => void): void {
  let stage: Stage

  beforeAll(async () => {
    stage = await createStage()
    prepare(stage)
  })

  afterAll(() => stage?.stop())

  describe.each(engines)('$name', ({ name, start }) => {
    let session: Session

    beforeEach(async () => {
      await stage.reset()
      session = await start()
    })

    afterEach(() => session?.stop())

    declare({
      engine: name,
      get stage() {
        return stage
      },
      get driver() {
        return session.driver
      },
    })
  })
}
