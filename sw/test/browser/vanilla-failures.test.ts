import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { rewrite } from '../../../clients/core/src/rewrite.ts'
import { engines, type Session } from './engines.ts'
import { endHanging, FAILURES, STRICT, type Failure } from './failures.ts'
import { createStage, until, type Stage } from './stage.ts'
import { downloads, openReady, seeAll, servePage } from './vanilla.ts'

/** Each way in which an image comes through the client, out of sight until the backend has failed. */
const PAGE = `<div class="gap"></div>
<img id="lazy" loading="lazy" src="/photos/1.png?n=lazy" width="90" height="60">
<picture><source srcset="/photos/2.png?n=picture 1x"><img id="picture" loading="lazy" src="/photos/3.png"></picture>
<img id="set" loading="lazy" srcset="/photos/4.png?n=set 1x, /none.png 9x" src="/photos/4.png?n=set" width="90" height="60">
<img id="data" data-src="/photos/3.png?n=data" data-sizes="auto" width="300" height="200">`
/** Those that cannot be asked to be shared. */
const MORE = `<div id="cover" class="box" data-background="/photos/4.png?n=cover"></div>
<gip-image id="element" src="/photos/1.png?n=element" alt="" width="300" height="200"></gip-image>
<gip-image id="directed" src="/photos/2.png?n=directed" alt="" width="300" height="200"
  sources='[{"media":"(min-width: 1px)","src":"/photos/4.png?n=wide","width":600,"height":400}]'></gip-image>`

/** By element, the name of the image that it shows. */
const SHARED = { lazy: 'lazy', picture: 'picture', set: 'set', data: 'data' }
const ALL = { ...SHARED, cover: 'cover', element: 'element', directed: 'wide' }

const ORIGINALS = `return JSON.stringify([...document.images].map(({ currentSrc, naturalWidth, naturalHeight }) => [new URL(currentSrc).pathname, naturalWidth / naturalHeight].join(' ')))`

/** Images that the browser measures, in a narrow place. */
function narrow({ proxy, site }: Stage, query: string): string {
  const endpoint = `${proxy.origin}/s/${/site:"([^"]+)"/.exec(site.shim)![1]}`
  const address = (width: number) => `${rewrite(endpoint, `${site.origin}/photos/2.png${query}`, `w:${width}/f:auto`)} ${width}w`
  return `<div class="gap"></div><div class="narrow" style="width: 200px">
<img id="measured" loading="lazy" sizes="auto" srcset="/photos/3.png${query} 300w, /photos/4.png${query} 900w" alt="" style="width: 100%">
<img id="rendered" loading="lazy" sizes="auto, 100vw" srcset="${address(256)}, ${address(960)}" data-gip="/photos/2.png${query}" src="/photos/2.png${query}" alt="" style="width: 100%">
<gip-image id="element" src="/photos/1.png${query}" alt="" width="900" height="600"></gip-image></div>`
}

let stage: Stage
let views = 0

beforeAll(async () => {
  stage = await createStage()
})

afterAll(() => stage?.stop())

describe.each(engines)('$name', ({ name: engine, start }) => {
  // WebKit begins what is chosen while a picture's sources are exchanged, and ends it at once.
  const most = engine === 'WebKit' ? 2 : 1

  let session: Session

  beforeAll(async () => {
    session = await start()
  })
  afterAll(() => session?.stop())

  beforeEach(() => stage.reset())

  /** Serves the page with addresses that no cache has seen, and opens it. */
  async function open({ isBlocked, isShared }: Failure): Promise<void> {
    const policy = `default-src 'self' 'unsafe-inline'; script-src 'unsafe-inline' ${stage.proxy.origin}; connect-src ${stage.proxy.origin}; ${STRICT}`
    const images = isShared ? PAGE.replaceAll('<img', '<img crossorigin') : PAGE + MORE
    const body = images.replace(/\?n=\w+/g, `$&&v=${++views}`)
    servePage(stage, '/page', { body, ...(isBlocked && { headers: { 'content-security-policy': policy } }) })
    await openReady(session.driver, stage, '/page')
    await session.driver.run(`for (const element of document.querySelectorAll('img,gip-image')) element.addEventListener('error', () => errors.push(element.id))`)
  }

  /** Every image is its original, asked for once; each told it once; no handler of the page heard of a failure. */
  async function expectOriginals(shown: Readonly<Record<string, string>>): Promise<void> {
    const { driver } = session
    await seeAll(driver)
    await until('every image told it', async () => (await driver.run('return fallbacks.length')) === Object.keys(shown).length).catch(() => undefined)
    expect(String(await driver.run('return fallbacks.sort().join(" ")'))).toBe(Object.keys(shown).toSorted().join(' '))
    expect(await driver.run('return errors.join(" ")')).toBe('')
    for (const each of JSON.parse(String(await driver.run(ORIGINALS)))) expect(each).toMatch(/^\/photos\/\d.png 1.5$/)
    if ('cover' in shown) expect(await driver.run(`return document.querySelector('#cover').style.backgroundImage`)).toContain('photos/4.png?n=cover')
    // A background is asked for when it is painted.
    if ('cover' in shown) await until('the background was asked for', async () => downloads(stage)['cover']?.includes('site'))
    const found = downloads(stage)
    for (const name of Object.values(shown)) {
      const from = found[name]?.split('+') ?? []
      expect(from.filter((one) => one === 'site'), name).toHaveLength(1)
      expect(from.filter((one) => one === 'gip').length, name).toBeLessThanOrEqual(most)
    }
  }

  test.each(FAILURES)('$name', async (failure) => {
    const shown = failure.isShared ? SHARED : ALL
    await open(failure)
    await stage.proxy.become(failure.mood)
    await session.driver.run('scrollTo(0, document.body.scrollHeight)')
    await endHanging(failure, stage.proxy, Object.keys(shown).length)
    await expectOriginals(shown)
    if (failure.isBlocked) expect(stage.proxy.images).toEqual([])
  })
  // Chromium tells nobody how the next choice ended; WebKit has none, for it does not measure images itself.
  test.each(['error', 'garbage'] as const)('images have grown, and the backend: %s', async (mood) => {
    const { driver } = session
    servePage(stage, '/narrow', { body: narrow(stage, `?v=${++views}`) })
    await openReady(driver, stage, '/narrow')
    await seeAll(driver)
    await stage.proxy.become(mood)
    await driver.run(`document.querySelector('.narrow').style.width = '900px'`)
    const grown = engine === 'WebKit' ? '' : 'element measured rendered'
    await until('every original is shown', async () => (await driver.run(`return [...document.images].filter(({ currentSrc }) => !currentSrc.includes('/f:auto/')).map(({ id, parentElement }) => id || parentElement.id).sort().join(' ')`)) === grown)
    await seeAll(driver)
    expect(String(await driver.run('return fallbacks.sort().join(" ")'))).toBe(grown)
  })

  test.each(['error', 'garbage'] as const)('an element without fallback is the page\'s own business, and the backend: %s', async (mood) => {
    const { driver } = session
    servePage(stage, '/own', { body: `<div class="gap"></div><gip-image id="own" src="/photos/1.png?n=own&v=${++views}" alt="" width="300" height="200" fallback="false"></gip-image>` })
    await openReady(driver, stage, '/own')
    await driver.run(`own.addEventListener('error', () => errors.push('own'))`)
    await stage.proxy.become(mood)
    await driver.run('own.image.scrollIntoView()')
    await until('the page heard of it', async () => (await driver.run('return errors.length > 0')) === true)
    // Whatever ends now has the client look once more.
    await driver.run(`fetch('/photos/2.png').then(() => { window.looked = true })`)
    await until('something else was there', async () => (await driver.run('return window.looked === true')) === true)
    expect(await driver.run('return errors.join(" ") + fallbacks.join(" ")')).toBe('own')
    expect(downloads(stage)['own']).toMatch(/^gip(\+gip)*$/)
  })
})
