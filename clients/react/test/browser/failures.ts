import { expect } from 'vitest'
import type { Driver } from '../../../../sw/test/browser/engines.ts'
import { endHanging, type Failure } from '../../../../sw/test/browser/failures.ts'
import type { Mood } from '../../../../sw/test/browser/proxy.ts'
import { until, type Stage } from '../../../../sw/test/browser/stage.ts'
import { addPages, type Bundle } from './pages.ts'

/** When React comes: to what a server rendered, when that has failed or at once, or alone. */
export const MOMENTS = ['hydrated late', 'hydrated at once', 'mounted'] as const
export type Moment = (typeof MOMENTS)[number]

/** What a visitor sees, and what the page was told. */
interface Seen {
  readonly images: readonly { readonly src: string; readonly state: 'shown' | 'broken' | 'loading' }[]
  readonly told: readonly string[]
  readonly said: readonly string[]
}

const SEE = `return { told: window.told || [], said, images: [...document.images].map((image) => ({
  src: image.currentSrc,
  state: !image.complete ? 'loading' : image.naturalWidth ? 'shown' : 'broken' })) }`

const RUN_CLIENT = `document.body.append(Object.assign(document.createElement('script'), { src: '/client.js' }))`

const see = (driver: Driver): Promise<Seen> => driver.run(SEE) as Promise<Seen>

/** What a server rendered is taken over as it is, and every image comes by way of gip, once. */
export async function expectHydrated(driver: Driver, stage: Stage, bundle: Bundle, query = ''): Promise<void> {
  await addPages(stage, bundle, { query })
  await driver.open(`${stage.site.origin}/rendered`)
  await settled(driver, 'shown')
  await driver.run(RUN_CLIENT)
  await until('the page runs', async () => (await driver.run('return Boolean(window.told)')) === true)
  await until('React has taken over', async () => (await driver.run(HYDRATED)) === true)
  const { images, told, said } = await see(driver)
  expect({ told, said }).toEqual({ told: [], said: [] })
  for (const { src } of images) expect(src).toContain('/s/test.')
  expect(stage.proxy.images, 'each once').toHaveLength(3)
  expect(stage.site.seen, 'no original').toEqual([])
}

/** React marks what is its own; listeners are there from then on. */
const HYDRATED = `return Object.keys(document.images[0]).some((key) => key.startsWith('__reactProps'))`

/**
 * However the backend fails: every original is shown, it was asked for once and so was the backend,
 * and the page heard of each failure once. Only WebKit asks the backend again, while React writes one attribute after the other.
 */
export async function expectOriginals(driver: Driver, stage: Stage, bundle: Bundle, failure: Failure, moment: Moment, query = '', most = 1): Promise<void> {
  const { photos } = await addPages(stage, bundle, { ...failure, query })
  const [lazy, first, , directed] = photos
  await stage.proxy.become(failure.mood)
  await driver.open(`${stage.site.origin}/${moment === 'mounted' ? 'empty' : 'rendered'}`)
  if (moment !== 'hydrated late') await driver.run(RUN_CLIENT)
  await endHanging(failure, stage.proxy, 3)
  if (moment === 'hydrated late') {
    await settled(driver, 'broken')
    await driver.run(RUN_CLIENT)
  }
  await settled(driver, 'shown')
  const { images, told, said } = await see(driver)
  expect(images.map(({ src }) => src)).toEqual([lazy, first, directed])
  expect([...told].sort()).toEqual([lazy, first, photos[2]].sort())
  expect(said).toEqual([])
  const originals = stage.site.seen.map((path) => stage.site.origin + path)
  expect(originals.sort(), 'each original once').toEqual([lazy, first, directed].sort())
  const asked = stage.proxy.images.map(({ path }) => path.replace(/.*plain/, ''))
  for (const path of asked) expect(asked.filter((other) => other === path).length, path).toBeLessThanOrEqual(most)
}

/**
 * What is measured by the browser and breaks is told by no event in Chromium: where an image grows, and where it
 * loses its box by that and chooses again. Each is its original all the same.
 */
export async function expectUnheard(driver: Driver, stage: Stage, bundle: Bundle, mood: Mood, where: 'seen' | 'below'): Promise<void> {
  const { photos } = await addPages(stage, bundle, {})
  if (where === 'below') await stage.proxy.become(mood)
  await driver.open(`${stage.site.origin}/empty`)
  if (where === 'below') await driver.run(`document.body.style.paddingTop = '20000px'`)
  await driver.run(RUN_CLIENT)
  if (where === 'seen') {
    await settled(driver, 'shown')
    await stage.proxy.become(mood)
    await driver.run(`document.images[0].parentElement.style.width = '900px'`)
  }
  await until('the lazy images are their originals', async () => {
    await driver.run('scrollTo(0, document.body.scrollHeight)')
    const { images } = await see(driver)
    return [0, 2].every((at) => images[at]?.state === 'shown' && photos.includes(images[at]!.src))
  })
  const [lazy, , other] = photos
  const { told } = await see(driver)
  expect(told.filter((src) => src === lazy || src === other).sort()).toEqual([lazy, other].sort())
}

async function settled(driver: Driver, state: 'shown' | 'broken'): Promise<void> {
  await until(`three images are ${state}`, async () => {
    const { images } = await see(driver)
    return images.length === 3 && images.every((image) => image.state === state)
  })
}
