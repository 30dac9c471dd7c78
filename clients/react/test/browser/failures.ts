import { parseConfig } from '@gip4all/core'
import { expect } from 'vitest'
import type { Driver } from '../../../../sw/test/browser/engines.ts'
import type { Mood } from '../../../../sw/test/browser/proxy.ts'
import { until, type Stage } from '../../../../sw/test/browser/stage.ts'
import type { Pages } from './pages.ts'

/** How a page can lose its images: as a mood of the backend, and by what is between. */
export const FAILURES = ['down', 'error', 'page', 'cut', 'garbage', 'hang', 'forbidden', 'blocked'] as const
export type Failure = (typeof FAILURES)[number]

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

/** Tells the page its config and photos. A query gives them addresses that no cache has seen. */
export async function prepare(stage: Stage, pages: Pages, query = ''): Promise<void> {
  const name = /site:"([^"]+)"/.exec(stage.site.shim)![1]
  const config = parseConfig(await (await fetch(`${stage.gip.address.origin}/s/${name}/config.json`)).json())!
  const photo = (seed: number): string => `${stage.site.origin}/photos/${seed}.png${query}`
  pages.policy = ''
  pages.data = { config, photos: [photo(1), photo(2), photo(3), photo(4)] }
}

/** What a server rendered is taken over as it is, and every image comes by way of gip, once. */
export async function expectHydrated(driver: Driver, stage: Stage, pages: Pages): Promise<void> {
  await driver.open(`${pages.origin}/`)
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
export async function expectOriginals(driver: Driver, stage: Stage, pages: Pages, failure: Failure, moment: Moment, most = 1): Promise<void> {
  const { config, photos } = pages.data!
  if (failure === 'forbidden') pages.data = { photos, config: { ...config, site: `test.${'A'.repeat(22)}` } }
  else if (failure === 'blocked') pages.policy = `img-src ${stage.site.origin} data:`
  else await stage.proxy.become(failure)
  await driver.open(`${pages.origin}/${moment === 'mounted' ? 'empty' : ''}`)
  if (moment !== 'hydrated late') await driver.run(RUN_CLIENT)
  if (failure === 'hang') await endHanging(stage)
  if (moment === 'hydrated late') {
    await settled(driver, 'broken')
    await driver.run(RUN_CLIENT)
  }
  await settled(driver, 'shown')
  await expectTold(driver, pages)
  const [lazy, first, , directed] = photos
  const originals = stage.site.seen.map((path) => stage.site.origin + path)
  expect(originals.sort(), 'each original once').toEqual([lazy, first, directed].sort())
  const asked = stage.proxy.images.map(({ path }) => path.replace(/.*plain/, ''))
  for (const path of asked) expect(asked.filter((other) => other === path).length, path).toBeLessThanOrEqual(most)
}

/**
 * What is measured by the browser and breaks is told by no event in Chromium: where an image grows, and where it
 * loses its box by that and chooses again. Each is its original all the same.
 */
export async function expectUnheard(driver: Driver, stage: Stage, pages: Pages, failure: Mood, where: 'seen' | 'below'): Promise<void> {
  if (where === 'below') await stage.proxy.become(failure)
  await driver.open(`${pages.origin}/empty`)
  if (where === 'below') await driver.run(`document.body.style.paddingTop = '20000px'`)
  await driver.run(RUN_CLIENT)
  if (where === 'seen') {
    await settled(driver, 'shown')
    await stage.proxy.become(failure)
    await driver.run(`document.images[0].parentElement.style.width = '900px'`)
  }
  await until('the lazy images are their originals', async () => {
    await driver.run('scrollTo(0, document.body.scrollHeight)')
    const { images } = await see(driver)
    return [0, 2].every((at) => images[at]?.state === 'shown' && pages.data!.photos.includes(images[at]!.src))
  })
  const [lazy, , other] = pages.data!.photos
  const { told } = await see(driver)
  expect(told.filter((src) => src === lazy || src === other).sort()).toEqual([lazy, other].sort())
}

/** Every image is its original, and of each the page was told once. */
async function expectTold(driver: Driver, pages: Pages): Promise<void> {
  const [lazy, first, other, directed] = pages.data!.photos
  const { images, told, said } = await see(driver)
  expect(images.map(({ src }) => src)).toEqual([lazy, first, directed])
  expect([...told].sort()).toEqual([lazy, first, other].sort())
  expect(said).toEqual([])
}

/** Nobody but the network ends a request that hangs; the page then goes on. */
async function endHanging(stage: Stage): Promise<void> {
  await until('all images were asked for', async () => stage.proxy.images.length >= 3)
  await stage.proxy.become('down')
}

async function settled(driver: Driver, state: 'shown' | 'broken'): Promise<void> {
  await until(`three images are ${state}`, async () => {
    const { images } = await see(driver)
    return images.length === 3 && images.every((image) => image.state === state)
  })
}
