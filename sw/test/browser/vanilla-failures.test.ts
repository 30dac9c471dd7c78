import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { rewrite } from '../../../clients/core/src/rewrite.ts'
import { engines, type Session } from './engines.ts'
import type { Mood } from './proxy.ts'
import { createStage, until, type Stage } from './stage.ts'
import { downloads, openReady, seeAll, servePage } from './vanilla.ts'

/** Each way in which an image comes through the client, out of sight until the backend has failed. */
const PAGE = `<div class="gap"></div>
<img id="lazy" loading="lazy" src="/photos/1.png?n=lazy" width="90" height="60">
<picture><source srcset="/photos/2.png?n=picture 1x"><img id="picture" loading="lazy" src="/photos/3.png"></picture>
<img id="data" data-src="/photos/3.png?n=data" data-sizes="auto" width="300" height="200">
<div id="cover" class="box" data-background="/photos/4.png?n=cover"></div>
<gip-image id="element" src="/photos/1.png?n=element" alt="" width="300" height="200"></gip-image>
<gip-image id="directed" src="/photos/2.png?n=directed" alt="" width="300" height="200"
  sources='[{"media":"(min-width: 1px)","src":"/photos/4.png?n=wide","width":600,"height":400}]'></gip-image>`

const NAMES = ['lazy', 'picture', 'data', 'cover', 'element', 'wide']
const IDS = ['lazy', 'picture', 'data', 'cover', 'element', 'directed']

const MOODS: readonly Mood[] = ['down', 'error', 'page', 'denied', 'garbage', 'cut']

const ORIGINALS = `return JSON.stringify([...document.images].map(({ currentSrc, naturalWidth, naturalHeight }) => [new URL(currentSrc).pathname, naturalWidth / naturalHeight].join(' ')))`

let stage: Stage

beforeAll(async () => {
  stage = await createStage()
  const site = `${stage.proxy.origin}/s/${/site:"([^"]+)"/.exec(stage.site.shim)![1]}`
  servePage(stage, '/page', { body: PAGE })
  const address = (width: number) => `${rewrite(site, `${stage.site.origin}/photos/2.png`, `w:${width}/f:auto`)} ${width}w`
  servePage(stage, '/narrow', { body: `<div class="gap"></div><div class="narrow" style="width: 200px">
<img id="measured" loading="lazy" sizes="auto" srcset="/photos/3.png 300w, /photos/4.png 900w" alt="" style="width: 100%">
<img id="rendered" loading="lazy" sizes="auto, 100vw" srcset="${address(256)}, ${address(960)}" data-gip="/photos/2.png" src="/photos/2.png" alt="" style="width: 100%">
<gip-image id="element" src="/photos/1.png" alt="" width="900" height="600"></gip-image></div>` })
  const policy = `default-src 'self' 'unsafe-inline'; script-src 'unsafe-inline' ${stage.proxy.origin}; connect-src ${stage.proxy.origin}; img-src 'self'`
  servePage(stage, '/policy', { body: PAGE, headers: { 'content-security-policy': policy } })
})

afterAll(() => stage?.stop())

describe.each(engines)('$name', ({ name: engine, start }) => {
  // WebKit begins what is chosen while a picture's sources are exchanged, and ends it at once.
  const most = engine === 'WebKit' ? 2 : 1

  let session: Session

  beforeEach(async () => {
    await stage.reset()
    session = await start()
  })

  afterEach(() => session?.stop())

  /** Every image is its original, asked for once; each told it once; no handler of the page heard of a failure. */
  async function expectOriginals(): Promise<void> {
    const { driver } = session
    await seeAll(driver)
    await until('every image told it', async () => String(await driver.run('return fallbacks.length')) === `${IDS.length}`).catch(() => undefined)
    expect(String(await driver.run('return fallbacks.sort().join(" ")'))).toBe(IDS.toSorted().join(' '))
    expect(await driver.run('return errors.join(" ")')).toBe('')
    for (const shown of JSON.parse(String(await driver.run(ORIGINALS)))) expect(shown).toMatch(/^\/photos\/\d.png 1.5$/)
    expect(await driver.run(`return document.querySelector('#cover').style.backgroundImage`)).toContain('photos/4.png?n=cover')
    const found = downloads(stage)
    for (const name of NAMES) {
      const from = found[name]?.split('+') ?? []
      expect(from.filter((one) => one === 'site'), name).toHaveLength(1)
      expect(from.filter((one) => one === 'gip').length, name).toBeLessThanOrEqual(most)
    }
  }

  test.each(MOODS)('backend: %s', async (mood) => {
    await openReady(session.driver, stage, '/page')
    await session.driver.run(`for (const element of document.querySelectorAll('img,gip-image')) element.addEventListener('error', () => errors.push(element.id))`)
    await stage.proxy.become(mood)
    await expectOriginals()
  })

  // Chromium tells nobody how the next choice ended; WebKit has none, for it does not measure images itself.
  test.each(['error', 'garbage'] as const)('images have grown, and the backend: %s', async (mood) => {
    const { driver } = session
    await openReady(driver, stage, '/narrow')
    await seeAll(driver)
    await stage.proxy.become(mood)
    await driver.run(`document.querySelector('.narrow').style.width = '900px'`)
    const grown = engine === 'WebKit' ? '' : 'element measured rendered'
    await until('every original is shown', async () => (await driver.run(`return [...document.images].filter(({ currentSrc }) => !currentSrc.includes('/f:auto/')).map(({ id, parentElement }) => id || parentElement.id).sort().join(' ')`)) === grown)
    await seeAll(driver)
    expect(String(await driver.run('return fallbacks.sort().join(" ")'))).toBe(grown)
  })

  test("the page's policy forbids the backend's images", async () => {
    await openReady(session.driver, stage, '/policy')
    await expectOriginals()
    expect(stage.proxy.images).toEqual([])
  })
})
