import { expect } from 'vitest'
import type { Driver } from '../../../../sw/test/browser/engines.ts'
import { endHanging, type Failure } from '../../../../sw/test/browser/failures.ts'
import type { Mood } from '../../../../sw/test/browser/proxy.ts'
import { HEIGHT, until, WIDTH, type Stage } from '../../../../sw/test/browser/stage.ts'
import { SHOWN } from './site.ts'

/** When Vue comes: at once to what a server rendered, to that when every image has had its event, or alone. */
export type Moment = 'hydrated at once' | 'hydrated late' | 'mounted'

/** An image as it is shown now. */
interface Seen {
  readonly src: string
  readonly complete: boolean
  readonly pixels: string
  readonly ratio: number
}

/** What is lazy is far down: Chromium alone would load it from there. */
const DOWN = 'scrollTo(0, document.body.scrollHeight);'

const SEE = `${DOWN} return [...document.images].map((img) => {
  const { width, height } = img.getBoundingClientRect()
  return { src: img.currentSrc, complete: img.complete, pixels: img.naturalWidth + 'x' + img.naturalHeight, ratio: width / height }
})`

const see = (driver: Driver) => driver.run(SEE) as Promise<readonly Seen[]>
const told = (driver: Driver) => driver.run(`${DOWN} return [...window.told].sort()`) as Promise<readonly string[]>
const warned = (driver: Driver) => driver.run('return window.warned') as Promise<readonly string[]>

/** Opens the page, and lets Vue come at its moment. */
async function open(driver: Driver, stage: Stage, moment: Moment, failure?: Failure): Promise<void> {
  stage.site.seen.length = 0
  stage.proxy.images.length = 0
  await driver.open(stage.site.origin + (moment === 'mounted' ? '/empty' : '/rendered'))
  await until('the page is ready', async () => (await driver.run('return Boolean(window.start)')) === true)
  await driver.run(DOWN)
  if (failure && moment === 'hydrated late') await endHanging(failure, stage.proxy, SHOWN.length)
  if (moment === 'hydrated late') await until('every image has ended', async () => (await see(driver)).every(({ complete }) => complete))
  await driver.run(moment === 'mounted' ? 'window.start()' : 'window.hydrate()')
  await driver.run(DOWN)
  if (failure && moment !== 'hydrated late') await endHanging(failure, stage.proxy, SHOWN.length)
}

/** The addresses without what a test's caches are told apart by. */
const plain = (address: string): string => address.replace(/(\?|%3F)v(=|%3D)\d+$/i, '')

/** Every image comes through gip: each is asked for once, each is told once, and Vue warns of nothing. */
export async function expectGip(driver: Driver, stage: Stage, moment: Moment): Promise<void> {
  await open(driver, stage, moment)
  await until('every image was told', async () => (await told(driver)).length >= SHOWN.length)
  // Firefox tells of one that came just before Vue a second time.
  expect([...new Set(await told(driver))]).toEqual(['five load', 'four load', 'one load', 'two load'])
  expect(await warned(driver)).toEqual([])
  expect(stage.site.seen, 'no original was asked for').toEqual([])
  expect(stage.proxy.images).toHaveLength(SHOWN.length)
  for (const { src, pixels } of await see(driver)) {
    expect(src).toContain(`${stage.proxy.origin}/s/`)
    expect(pixels).not.toBe('0x0')
  }
  expect(await driver.run("return document.querySelector('[onerror], [data-error]')")).toBeNull()
}

/** Every image becomes its original, in its own box: each is asked for once, and each failure is told once. */
export async function expectOriginals(driver: Driver, stage: Stage, moment: Moment, failure: Failure, most = 1): Promise<void> {
  await stage.proxy.become(failure.mood)
  await open(driver, stage, moment, failure)
  await until('every original is shown', async () => {
    const seen = await see(driver)
    const isOriginal = ({ src, complete, pixels }: Seen, i: number) => plain(src) === stage.site.origin + SHOWN[i] && complete && pixels === `${WIDTH}x${HEIGHT}`
    return seen.length === SHOWN.length && seen.every(isOriginal)
  })
  const all = ['five', 'four', 'one', 'two'].flatMap((who) => [`${who} fallback`, `${who} load`])
  await until('every load was told', async () => (await told(driver)).length >= all.length)
  expect(await told(driver)).toEqual(all)
  expect(await warned(driver)).toEqual([])
  expect(stage.site.seen.map(plain).toSorted(), 'each original was asked for once').toEqual(SHOWN)
  // Five is measured by Chromium, which asks in turns for two widths while it is broken and nobody listens.
  const asked = stage.proxy.images.map(({ path }) => plain(path)).filter((path) => !path.endsWith(SHOWN[3]!))
  // WebKit asks once more, while one attribute is written after the other.
  for (const path of asked) expect(asked.filter((other) => other === path).length, path).toBeLessThanOrEqual(most)
  for (const { ratio } of await see(driver)) expect(ratio).toBeCloseTo(WIDTH / HEIGHT)
}

/** An image that is measured by the browser grows while the backend fails: no event tells what became of its next choice. */
export async function expectGrown(driver: Driver, stage: Stage, mood: Mood): Promise<void> {
  await driver.open(`${stage.site.origin}/empty`)
  await until('the page is ready', async () => (await driver.run('return Boolean(window.start)')) === true)
  await driver.run(`document.body.style.width = '300px'; window.start()`)
  await until('every image is there', async () => (await told(driver)).length >= SHOWN.length)
  await stage.proxy.become(mood)
  await driver.run(`document.body.style.width = ''`)
  await until('the original is shown', async () => {
    const { src, complete, pixels } = (await see(driver))[3]!
    return plain(src) === stage.site.origin + SHOWN[3] && complete && pixels === `${WIDTH}x${HEIGHT}`
  })
  // How often it loads is the browser's choice: a scroll bar is enough for another width.
  expect((await told(driver)).filter((each) => !each.endsWith('load'))).toEqual(['five fallback'])
  expect(stage.site.seen.map(plain)).toEqual([SHOWN[3]])
}

/** Where nothing of an image can be shown, that is told as well, once, and nothing is asked for again. */
export async function expectErrors(driver: Driver, stage: Stage): Promise<void> {
  await stage.proxy.become('error')
  for (const path of SHOWN) stage.site.files.set(path, { type: 'image/png', body: 'gone' })
  try {
    await open(driver, stage, 'hydrated late')
    const all = ['five', 'four', 'one', 'two'].flatMap((who) => [`${who} error`, `${who} fallback`])
    await until('every error was told', async () => (await told(driver)).length >= all.length)
    expect(await told(driver)).toEqual(all)
    expect(stage.site.seen.map(plain).toSorted()).toEqual(SHOWN)
  } finally {
    for (const path of SHOWN) stage.site.files.delete(path)
  }
}
