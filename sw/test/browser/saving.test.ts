import { chromium, type Browser, type CDPSession } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Delivered } from '../../src/journal.ts'
import { drive, engines, type Driver } from './engines.ts'
import { createStage, until, warm, type Stage } from './stage.ts'
import { diagnose, install, openWhole } from './worker.ts'

/** One image with a box of its own, said to be wider than it is, and one that keeps its pixel dimensions. */
const IMAGES = '<img src="/photos/2.png" width="300" height="200" sizes="500px"><img src="/photos/3.png">'

const ACCEPT = { 'accept-ch': 'Sec-CH-Width, Sec-CH-DPR' }

let stage: Stage

beforeAll(async () => {
  stage = await createStage()
  // A cold image may be late, and late ones are originals for a while.
  for (const options of ['w:384/f:auto', 'w:512/f:auto', 'w:640/f:auto', 'q:low/f:auto', 'w:384/q:low/f:auto']) await warm(stage, options)
  const { files, tag } = stage.site
  files.set('/hinted', { type: 'text/html', body: `<!doctype html><meta charset="utf-8">${tag}${IMAGES}`, headers: ACCEPT })
  files.set('/plain', { type: 'text/html', body: `<!doctype html><meta charset="utf-8">${tag}${IMAGES}` })
})

afterAll(() => stage?.stop())

beforeEach(() => stage.reset())

/** Views the page until both photos came through the worker as wanted; a slow machine may be late once. */
async function become(driver: Driver, path: string, want: Pick<Delivered, 'low' | 'width'>): Promise<void> {
  await until(`both photos are ${JSON.stringify(want)}`, async () => {
    await openWhole(driver, stage.site.origin + path)
    const { images } = await diagnose(driver)
    const [boxed, free] = [images['/photos/2.png']?.delivered, images['/photos/3.png']?.delivered]
    return boxed?.low === want.low && free?.low === want.low && boxed.width === want.width && !free.width
  })
  expect(await driver.run('return document.images[1].naturalWidth'), 'no layout changes').toBe(900)
}

describe.each(engines)('$name', ({ name, start }) => {
  test('Sec-CH-Width raises the rung where it is sent; elsewhere the box alone says it', async () => {
    const { driver, stop } = await start()
    try {
      await install(driver, `${stage.site.origin}/hinted`)
      await become(driver, '/hinted', { low: false, width: name === 'Chromium' ? 512 : 384 })
      // What a page did not ask for is not sent.
      if (name !== 'Chromium') await become(driver, '/plain', { low: false, width: 384 })
    } finally {
      await stop()
    }
  })

  test('prefers-reduced-data is unknown without a flag, and then nobody gets less', async () => {
    const { driver, stop } = await start()
    try {
      await install(driver, `${stage.site.origin}/plain`)
      expect(await driver.run(`return matchMedia('(prefers-reduced-data)').matches || matchMedia('(prefers-reduced-data: reduce)').matches`)).toBe(false)
      expect(await driver.run('return navigator.connection?.saveData ?? false')).toBe(false)
      await become(driver, '/plain', { low: false, width: 384 })
    } finally {
      await stop()
    }
  })
})

describe('Chromium, told to save data', () => {
  let browser: Browser
  let driver: Driver
  let cdp: CDPSession

  beforeEach(async () => {
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--enable-blink-features=PrefersReducedData'] })
    const page = await browser.newPage({ deviceScaleFactor: 2 })
    driver = drive(page)
    cdp = await page.context().newCDPSession(page)
    await install(driver, `${stage.site.origin}/plain`)
    await become(driver, '/plain', { low: false, width: 640 })
  })

  afterEach(() => browser?.close())

  /** What the worker makes of an image that the page adds now. */
  async function add(path: string): Promise<boolean | undefined> {
    await driver.run(`document.body.append(Object.assign(new Image(), { src: '${path}' }))`)
    return (await until('it was delivered', async () => (await diagnose(driver)).images[path]?.delivered)).low
  }

  test('prefers-reduced-data lowers quality, from one image to the next, until it is gone', async () => {
    async function prefer(value: string, reduce: boolean): Promise<void> {
      // What is emulated ends with the page, which hears that and says so: no page may be left here.
      await cdp.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-reduced-data', value }] })
      await until('the worker knows', async () => (await diagnose(driver)).reduce === reduce)
    }
    await prefer('reduce', true)
    expect(await add('/photos/1.png')).toBe(true)
    await prefer('no-preference', false)
    expect(await add('/photos/4.png')).toBe(false)
  })

  test('Save-Data lowers quality and rung in the first view that has it, before the page can say a word', async () => {
    stage.proxy.images.length = 0
    await cdp.send('Emulation.setDataSaverOverride', { dataSaverEnabled: true })
    await openWhole(driver, `${stage.site.origin}/plain`)
    expect(stage.proxy.images.map(({ path }) => path.match(/w:\d+|q:low/g)?.join('/')).toSorted()).toEqual(['q:low', 'w:384/q:low'])
    await cdp.send('Emulation.setDataSaverOverride', { dataSaverEnabled: false })
    await become(driver, '/plain', { low: false, width: 640 })
  })
})
