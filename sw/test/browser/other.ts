import { expect } from 'vitest'
import type { Driver } from './engines.ts'
import type { Failure } from './failures.ts'
import { HEIGHT, PHOTOS, until, WIDTH, type Stage } from './stage.ts'
import { diagnose, install, openWhole } from './worker.ts'

const SIZES = `return [...document.querySelectorAll('img.photo')].map((image) =>
  image.complete ? image.naturalWidth + 'x' + image.naturalHeight : 'loading')`

/** A worker that was ended between two views knows what it has stored, and no more. */
const HAS_STORED = `caches.match('/gip-state', { cacheName: 'gip' })
    .then((stored) => stored && stored.json())
    .then((state) => { window.stored = state });
  return Boolean(window.stored && window.stored.config)`

/** Opens the page, and waits until every photo shows in its own size. */
async function view(driver: Driver, stage: Stage, query = ''): Promise<void> {
  stage.site.seen.length = 0
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
  expect(stage.site.seen, 'the first view has the originals').toHaveLength(PHOTOS)
  expect(stage.proxy.images).toEqual([])
  await until('the worker controls the page and has its config', async () => (await diagnose(driver)).mode === 'on')
  await until('the worker has stored its config', async () => (await driver.run(HAS_STORED)) === true)

  await view(driver, stage)
  // The backend may: this site's photos must not be cached for long.
  const why = JSON.stringify((await diagnose(driver)).images)
  expect(stage.site.seen, `the second view asks for no original: ${why}`).toEqual([])
  expect(stage.proxy.images).toHaveLength(PHOTOS)
  for (const { type, size } of stage.proxy.images) {
    expect(type).toMatch(/^image\/(avif|webp)$/)
    expect(size).toBeGreaterThan(0)
  }
}

/** However the backend fails, behind a worker that does not know it yet and behind one that does. */
export async function expectOriginals(driver: Driver, stage: Stage, { mood }: Failure): Promise<void> {
  stage.hurry()
  await install(driver, `${stage.site.origin}/`)
  await stage.proxy.become(mood)
  await view(driver, stage, '?v=1')
  if (mood !== 'down') expect(stage.proxy.images.length, 'the worker has tried').toBeGreaterThan(0)
  expect(stage.site.seen.toSorted(), 'each original once').toEqual([...new Set(stage.site.seen)].toSorted())
  expect(stage.site.seen).toHaveLength(PHOTOS)
  await view(driver, stage, '?v=2')
  expect(stage.site.seen).toHaveLength(PHOTOS)
}

const GROWING = `<div id="box" style="width: 200px">
<img loading="lazy" sizes="auto" srcset="/photos/3.png?grown 300w, /photos/4.png?grown 900w" alt="" style="width: 100%"></div>`

/** What a browser chooses as a box grows may fail without an event. Who does not measure has chosen, and asked, before. */
export async function expectGrownMended(driver: Driver, stage: Stage, measures: boolean): Promise<void> {
  stage.site.files.set('/grown', { type: 'text/html', body: `<!doctype html><meta charset="utf-8">${stage.site.tag}${GROWING}` })
  await install(driver, `${stage.site.origin}/`)
  stage.proxy.images.length = 0
  await openWhole(driver, `${stage.site.origin}/grown`)
  expect(stage.proxy.images, 'it came through the worker').toHaveLength(1)
  await stage.proxy.become('garbage')
  await driver.run(`document.querySelector('#box').style.width = '900px'`)
  await until('what it chose then is there', () => driver.run(`const { currentSrc, complete, naturalWidth } = document.images[0]
    return complete && naturalWidth > 0 && currentSrc.includes('/photos/4.png?grown')`) as Promise<boolean>)
  expect(stage.site.seen.includes('/photos/4.png?grown'), 'it is the original').toBe(measures)
}
