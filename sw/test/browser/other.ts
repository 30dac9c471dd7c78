import { expect } from 'vitest'
import type { Driver } from './engines.ts'
import { HEIGHT, PHOTOS, until, WIDTH, type Stage } from './stage.ts'

const SIZES = `return [...document.querySelectorAll('img.photo')].map((image) =>
  image.complete ? image.naturalWidth + 'x' + image.naturalHeight : 'loading')`

const HAS_CONFIG = `caches.match('/gip-state', { cacheName: 'gip' })
    .then((stored) => stored && stored.json())
    .then((state) => { window.stored = state });
  return Boolean(window.stored && window.stored.config)`

/** Opens the page, and waits until every photo shows in its own size. */
async function view(driver: Driver, stage: Stage, query = ''): Promise<void> {
  stage.site.asked.length = 0
  stage.proxy.images.length = 0
  await driver.open(`${stage.site.origin}/${query}`)
  const size = `${WIDTH}x${HEIGHT}`
  await until(`${PHOTOS} photos of ${size}`, async () => {
    const sizes = (await driver.run(SIZES)) as readonly string[]
    return sizes.length === PHOTOS && sizes.every((one) => one === size)
  })
}

/** What is promised for every browser with workers. */
export async function expectTwoViews(driver: Driver, stage: Stage): Promise<void> {
  await view(driver, stage)
  expect(stage.site.asked, 'the first view has the originals').toHaveLength(PHOTOS)
  expect(stage.proxy.images).toEqual([])
  await until('the worker has its config', async () => (await driver.run(HAS_CONFIG)) === true)

  await view(driver, stage)
  expect(stage.site.asked, 'the second view asks for no original').toEqual([])
  expect(stage.proxy.images).toHaveLength(PHOTOS)
  for (const { type, size } of stage.proxy.images) {
    expect(type).toMatch(/^image\/(avif|webp)$/)
    expect(size).toBeGreaterThan(0)
  }
}

export async function expectOriginalsWhenDown(driver: Driver, stage: Stage): Promise<void> {
  await stage.proxy.become('down')
  await view(driver, stage, '?v=1')
  expect(stage.site.asked).toHaveLength(PHOTOS)
  await stage.proxy.become('pass')
}

/** A browser must try again when the loader tells it to, and not remember the broken answer. */
export async function expectMended(driver: Driver, stage: Stage): Promise<void> {
  await stage.proxy.become('garbage')
  await view(driver, stage, '?v=2')
  expect(stage.proxy.images.length).toBeGreaterThan(0)
  expect(stage.site.asked.length).toBeGreaterThanOrEqual(PHOTOS)
}
