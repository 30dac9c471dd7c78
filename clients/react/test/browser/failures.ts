import { parseConfig } from '@gip4all/core'
import { expect } from 'vitest'
import type { Driver } from '../../../../sw/test/browser/engines.ts'
import { until, type Stage } from '../../../../sw/test/browser/stage.ts'
import type { Pages } from './pages.ts'

/** How a page can lose its images: as a mood of the backend, and by what is between. */
export const FAILURES = ['down', 'error', 'page', 'cut', 'garbage', 'hang', 'forbidden', 'blocked'] as const
export type Failure = (typeof FAILURES)[number]

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
export async function expectOriginals(driver: Driver, stage: Stage, pages: Pages, failure: Failure, how: 'hydrated' | 'mounted', most = 1): Promise<void> {
  const { config, photos } = pages.data!
  const [lazy, first, , directed] = photos
  if (failure === 'forbidden') pages.data = { photos, config: { ...config, site: `test.${'A'.repeat(22)}` } }
  else if (failure === 'blocked') pages.policy = `img-src ${stage.site.origin} data:`
  else await stage.proxy.become(failure)
  await driver.open(`${pages.origin}/${how === 'mounted' ? 'empty' : ''}`)
  if (how === 'mounted') await driver.run(RUN_CLIENT)
  if (failure === 'hang') await endHanging(stage)
  if (how === 'hydrated') {
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
