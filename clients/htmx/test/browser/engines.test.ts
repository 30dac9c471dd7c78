import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { engines, type Session } from '../../../../sw/test/browser/engines.ts'
import { until } from '../../../../sw/test/browser/stage.ts'
import { createStage, pageOf, type Stage } from './stage.ts'

let stage: Stage
let views = 0

beforeAll(async () => {
  stage = await createStage()
})

afterAll(() => stage?.stop())

/** Runs before gip: says when the config is there, and counts what failed. */
const HEAD = `<script>
fallbacks = errors = 0
addEventListener('gip:fallback', () => fallbacks++)
addEventListener('gip:error', () => errors++)
const { json } = Response.prototype
Response.prototype.json = async function () {
  const value = await json.call(this)
  setTimeout(() => (window.heard = true))
  return value
}
</script>`
const BODY = '<button id="go" hx-get="/fragment" hx-target="#slot">go</button><div id="slot"></div>'
const SHOWN = `const img = document.querySelector('#slot img'); return img && img.complete && img.naturalWidth ? img.getAttribute('src') : ''`

// Chromium has every swap and every failure, in tests of their own.
describe.each(engines.filter(({ name }) => name !== 'Chromium'))('$name', ({ start }) => {
  let session: Session
  let photo: string

  beforeAll(async () => {
    session = await start()
  })
  afterAll(() => session?.stop())

  beforeEach(async () => {
    await stage.reset()
    photo = `/photos/1-${++views}.png`
    stage.pages.set('/fragment', `<img src="${photo}" alt="" width="150" height="100">`)
  })

  /** Swaps the fragment in, and gives the address of the image that is shown then. */
  async function swap(version: number, mood: 'pass' | 'down'): Promise<string> {
    const { driver } = session
    stage.pages.set('/', pageOf(stage, version, BODY).replace('<head>', `<head>${HEAD}`))
    await driver.open(`${stage.origin}/`)
    await until('the config is there', async () => (await driver.run('return window.heard === true')) === true)
    await stage.proxy.become(mood)
    await driver.run(`document.querySelector('#go').click()`)
    return until('the image is shown', async () => String(await driver.run(SHOWN)))
  }

  test.each([2, 4])('htmx %i: what is swapped in comes through gip', async (version) => {
    expect(await swap(version, 'pass')).toContain('/f:auto/')
    expect(stage.asked).toEqual([])
    expect(await session.driver.run('return fallbacks')).toBe(0)
  })

  test.each([2, 4])('htmx %i: the original where the backend is down', async (version) => {
    expect(await swap(version, 'down')).toBe(photo)
    expect(stage.asked).toEqual([photo])
    expect(await session.driver.run('return fallbacks')).toBe(1)
    expect(await session.driver.run('return errors'), 'the original did not fail').toBe(0)
  })
})
