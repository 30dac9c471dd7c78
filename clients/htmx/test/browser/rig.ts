import { afterAll, beforeAll, beforeEach, describe } from 'vitest'
import { engines, type Engine, type Session } from '../../../../sw/test/browser/engines.ts'
import { open, type Opened } from './open.ts'
import { createStage, type Stage } from './stage.ts'

/** What the tests of one file share in one engine. */
export interface Rig {
  readonly engine: Engine['name']
  /** Before each test it works again, and has heard nothing. */
  readonly stage: Stage
  /** Opens a page in the engine's one browser. */
  open(version: number, body: string, query?: string): Promise<Opened>
}

/** Declares the tests of a file for every engine. Its stage and browser are there when the tests run. */
export function inEveryEngine(declare: (rig: Rig) => void): void {
  let stage: Stage
  beforeAll(async () => {
    stage = await createStage()
  })
  afterAll(() => stage?.stop())
  beforeEach(() => stage.reset())

  describe.each(engines)('$name', ({ name, start }) => {
    let session: Session
    beforeAll(async () => {
      session = await start()
    })
    afterAll(() => session?.stop())

    declare({
      engine: name,
      get stage() {
        return stage
      },
      open: (version, body, query) => open(session.driver, stage, version, body, query),
    })
  })
}
