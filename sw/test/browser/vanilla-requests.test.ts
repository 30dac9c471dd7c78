import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { engines, type Session } from './engines.ts'
import { createStage, until, type Stage } from './stage.ts'
import { downloads, openReady, seeAll, servePage } from './vanilla.ts'

/** Every way that a page has an image, by name. `site`: the browser has begun it before any script can tell. */
const PAGE = `
<img id="eager" src="/photos/1.png?n=eager" width="90" height="60">
<picture><source srcset="/photos/1.png?n=picture"><img id="picture" src="/none.png"></picture>
<noscript><img src="/photos/1.png?n=noscript"></noscript>
<img id="optout" loading="lazy" src="/logo.svg">
<img id="near" loading="lazy" src="/photos/2.png?n=near" width="90" height="60">
<div class="gap"></div>
<img id="far" loading="lazy" src="/photos/1.png?n=far" width="90" height="60">
<img id="farset" loading="lazy" src="/none.png" srcset="/photos/2.png?n=farset 900w, /none.png 20w" sizes="900px">
<picture><source srcset="/photos/3.png?n=farpicture 1x, /none.png 9x"><img id="farpicture" loading="lazy" src="/none.png"></picture>
<img id="foreign" loading="lazy" data-gip src="/photos/4.png?n=foreign">
<img id="datasrc" data-src="/photos/1.png?n=datasrc">
<img id="datalazy" loading="lazy" data-src="/photos/2.png?n=datalazy" width="90" height="60">
<img id="dataset" data-srcset="/photos/3.png?n=dataset 900w" data-sizes="auto" style="width: 300px">
<picture><source data-srcset="/photos/4.png?n=datapicture"><img id="datapicture" data-src="/none.png"></picture>
<div id="cover" class="box" data-background="/photos/4.png?n=cover"></div>
<gip-image id="element" src="/photos/1.png?n=element" alt="" width="300" height="200"></gip-image>`

const WANTED = {
  eager: 'site', picture: 'site', near: 'site', foreign: 'site', late: 'site',
  far: 'gip', farset: 'gip', farpicture: 'gip',
  datasrc: 'gip', datalazy: 'gip', dataset: 'gip', datapicture: 'gip', cover: 'gip', element: 'gip',
  latelazy: 'gip', latehtml: 'gip',
}

/** What a script adds later. */
const LATER = `
const eager = new Image(); eager.id = 'late'; eager.src = '/photos/2.png?n=late'
const lazy = new Image(); lazy.id = 'latelazy'; lazy.loading = 'lazy'; lazy.src = '/photos/3.png?n=latelazy'
document.body.append(eager, lazy)
document.body.insertAdjacentHTML('beforeend', '<p><img id="latehtml" loading="lazy" src="/photos/4.png?n=latehtml"><img id="latelast" src="/photos/1.png?n=latelast" loading="lazy"></p>')`

const SIZES = `return JSON.stringify(Object.fromEntries([...document.images].map((image) => [image.id, image.naturalWidth + 'x' + image.naturalHeight])))`

let stage: Stage

beforeAll(async () => {
  stage = await createStage()
  servePage(stage, '/plain', { body: PAGE })
  servePage(stage, '/head', { body: PAGE, head: true })
})

afterAll(() => stage?.stop())

describe.each(engines)('$name', ({ name, start }) => {
  // WebKit begins what is made lazy only after it has an address, and markup looks just like it.
  const wanted = { ...WANTED, latelast: name === 'WebKit' ? 'site' : 'gip' }

  let session: Session

  beforeEach(async () => {
    await stage.reset()
    session = await start()
  })

  afterEach(() => session?.stop())

  async function view(path: string): Promise<Record<string, string>> {
    await openReady(session.driver, stage, path)
    await session.driver.run(LATER)
    await seeAll(session.driver)
    await until('the background was painted', async () => String(await session.driver.run(`return document.querySelector('#cover').style.backgroundImage`)).includes('/w:'))
    expect(await session.driver.run('return fallbacks.length')).toBe(0)
    return downloads(stage)
  }

  test('no image is downloaded twice, and none that the browser has begun is touched', async () => {
    expect(await view('/plain')).toEqual(wanted)
    const sizes = JSON.parse(String(await session.driver.run(SIZES)))
    for (const id of ['far', 'farpicture', 'datasrc', 'latelazy']) expect(sizes[id], `${id} has its pixel dimensions`).toBe('900x600')
  })

  test('with the head snippet, lazy images of the first view too', async () => {
    expect(await view('/head')).toEqual({ ...wanted, near: 'gip' })
  })
})
