import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Driver } from './engines.ts'
import { inEveryEngine } from './every.ts'
import { until, type Stage } from './stage.ts'
import { downloads, HEAD, openReady, seeAll, servePage } from './vanilla.ts'
import { install } from './worker.ts'

/** Each way in which an image comes through the client, or through the worker beside it. */
const PAGE = `
<img id="eager" src="/photos/1.png?n=eager" width="90" height="60">
<img id="near" loading="lazy" src="/photos/2.png?n=near" srcset="/photos/2.png?n=near 900w" sizes="900px" width="90" height="60">
<div class="gap"></div>
<img id="far" loading="lazy" src="/photos/1.png?n=far" width="90" height="60">
<img id="data" data-src="/photos/3.png?n=data" data-sizes="auto" width="300" height="200">
<div id="cover" class="box" data-background="/photos/4.png?n=cover"></div>
<gip-image id="element" src="/photos/1.png?n=element" alt="" width="300" height="200"></gip-image>`

const NAMES = ['eager', 'near', 'far', 'data', 'cover', 'element']

const FROM_SITE = Object.fromEntries(NAMES.map((name) => [name, 'site']))
const FROM_GIP = { ...Object.fromEntries(NAMES.map((name) => [name, 'gip'])), eager: 'site' }

const BACKGROUND = `return document.querySelector('#cover').style.backgroundImage`

function prepare(stage: Stage): void {
  const { site } = stage
  servePage(stage, '/page', { body: PAGE, head: true })
  // Addresses that no cache has an original of.
  for (const path of ['again', 'third']) servePage(stage, `/${path}`, { body: PAGE.replaceAll('?n=', `?${path}&n=`), head: true })
  servePage(stage, '/both', { body: site.tag + PAGE, head: true })
  // Without a client there are neither backgrounds nor elements.
  const images = PAGE.replace(/<div id="cover"[^]*/, '')
  servePage(stage, '/lost', { body: images, head: true, lost: true })
  // It serves the client itself: WebKit's driver waits for a script that never arrives.
  site.files.set('/gip-full.js', { type: 'text/javascript', body: readFileSync(join(import.meta.dirname, '../../dist/gip-full.js')) })
  const tag = site.tag.replace(/src="[^"]*"/, `src="/gip-full.js" data-endpoint="${stage.proxy.origin}"`)
  site.files.set('/own', { type: 'text/html', body: `<!doctype html><meta charset="utf-8"><style>.gap { height: 20000px }</style><script>${HEAD}</script>${tag}${images}` })
}

inEveryEngine(prepare, (rig) => {
  async function view(driver: Driver, path: string): Promise<Record<string, string>> {
    rig.stage.proxy.images.length = 0
    rig.stage.site.seen.length = 0
    await openReady(driver, rig.stage, path)
    await seeAll(driver)
    await until('the background was painted', async () => String(await driver.run(BACKGROUND)).includes('url('))
    expect(await driver.run('return fallbacks.length')).toBe(0)
    return downloads(rig.stage)
  }

  test('?gip=off gives every original back, once, until ?gip=on', async () => {
    const { driver } = rig
    expect(await view(driver, '/page?gip=off')).toEqual(FROM_SITE)
    expect(await view(driver, '/again')).toEqual(FROM_SITE)
    expect(await view(driver, '/third?gip=on')).toEqual(FROM_GIP)
  })

  test.each(['bypass', 'unregister'])("the site's mode %s gives every original back, once", async (mode) => {
    rig.stage.proxy.configMode = mode
    expect(await view(rig.driver, '/page')).toEqual(FROM_SITE)
  })

  test('the same switch turns off the worker beside it', async () => {
    const { driver } = rig
    await install(driver, `${rig.stage.site.origin}/`)
    await view(driver, '/both?gip=off')
    await until('the worker is gone', async () => {
      await view(driver, '/both')
      return (await driver.run('return navigator.serviceWorker.controller === null')) === true
    })
    expect(await view(driver, '/both')).toEqual(FROM_SITE)
  })

  test.each([
    { name: 'the client never arrives', path: '/lost', mood: 'pass' },
    { name: 'the backend takes its requests and never answers', path: '/own', mood: 'hang' },
  ] as const)('the head snippet gives back what it parked: $name', async ({ path, mood }) => {
    const { driver } = rig
    await rig.stage.proxy.become(mood)
    await driver.open(rig.stage.site.origin + path)
    await seeAll(driver)
    expect(await driver.run(`return [...document.images].map((image) => image.outerHTML).join('')`)).not.toMatch(/data-(gip-)?src/)
    expect(await driver.run(`return document.querySelector('#near').srcset`)).toBe('/photos/2.png?n=near 900w')
    expect(downloads(rig.stage)).toEqual({ eager: 'site', near: 'site', far: 'site', data: 'site' })
  })
})
