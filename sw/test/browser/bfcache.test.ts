import { chromium } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { drive, engines, type Driver, type Session } from './engines.ts'
import { createStage, until, type Stage } from './stage.ts'
import { downloads, openReady, seeAll, servePage } from './vanilla.ts'

const PAGE = `
<img id="eager" src="/photos/1.png?n=eager" width="90" height="60">
<img id="data" data-src="/photos/3.png?n=data" data-sizes="auto" width="300" height="200">
<div id="cover" class="box" data-background="/photos/4.png?n=cover"></div>
<gip-image id="element" src="/photos/1.png?n=element" alt="" width="300" height="200"></gip-image>
<div class="gap"></div>
<img id="far" loading="lazy" src="/photos/1.png?n=far" width="90" height="60">`

const SHOWN = { eager: 'site', far: 'gip', data: 'gip', cover: 'gip', element: 'gip' }

let stage: Stage

beforeAll(async () => {
  stage = await createStage()
  servePage(stage, '/first', { body: PAGE })
  stage.site.files.set('/second', { type: 'text/html', body: '<!doctype html><title>Another page</title>' })
})

afterAll(() => stage?.stop())

beforeEach(() => stage.reset())

/** The engine as people have it: Playwright switches Chromium's cache of pages off. */
async function start({ name, start }: (typeof engines)[number]): Promise<Session> {
  if (name !== 'Chromium') return start()
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'], ignoreDefaultArgs: ['--disable-back-forward-cache'] })
  return { driver: drive(await browser.newPage()), stop: () => browser.close() }
}

/** Waits until a script holds in the page, whichever that is by then. */
function wait(driver: Driver, what: string): Promise<unknown> {
  return until(what, async () => (await driver.run(`return ${what}`).catch(() => false)) === true)
}

/** Leaves the page for another, and comes back; whether it is the page that was left. */
async function leaveAndComeBack(driver: Driver): Promise<boolean> {
  await driver.run('window.wasHere = true; scrollTo(0, 0)')
  await driver.run(`setTimeout(() => { location.href = '/second' })`)
  await wait(driver, `location.pathname === '/second' && document.readyState === 'complete'`)
  await driver.run('setTimeout(() => history.back())')
  await wait(driver, `location.pathname === '/first' && document.readyState === 'complete' && window.ready === true`)
  return (await driver.run('return window.wasHere === true')) === true
}

test.each(engines)('$name: a page out of the back/forward cache asks for nothing twice, and the client is at work', async (engine) => {
  const { driver, stop } = await start(engine)
  try {
    await openReady(driver, stage, '/first')
    await seeAll(driver)
    expect(await leaveAndComeBack(driver), 'it is the same page').toBe(true)
    await seeAll(driver)
    expect(downloads(stage), 'nothing was asked for again').toEqual(SHOWN)

    await driver.run(`document.body.insertAdjacentHTML('afterbegin', '<img id="late" data-src="/photos/2.png?n=late"><div id="latecover" class="box cover" data-background="/photos/2.png?n=latecover"></div>')`)
    await seeAll(driver)
    await wait(driver, `document.querySelector('#latecover').style.backgroundImage.includes('/w:')`)
    expect(downloads(stage), 'what comes now is seen').toEqual({ ...SHOWN, late: 'gip', latecover: 'gip' })

    await driver.run(`document.querySelector('#data').style.width = '800px'`)
    await wait(driver, `document.querySelector('#data').sizes === '800px'`)
    await wait(driver, `document.querySelector('#data').naturalWidth > 300`)

    await stage.proxy.become('garbage')
    await driver.run(`document.body.insertAdjacentHTML('afterbegin', '<img id="broken" data-src="/photos/4.png?n=broken">')`)
    await seeAll(driver)
    expect(await driver.run('return fallbacks.join()'), 'failures are heard').toBe('broken')
    expect(downloads(stage)['broken']).toBe('site+gip')
  } finally {
    await stop()
  }
})
