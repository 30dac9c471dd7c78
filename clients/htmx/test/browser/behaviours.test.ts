import { describe, expect, test } from 'vitest'
import { until } from '../../../../sw/test/browser/stage.ts'
import type { Opened } from './open.ts'
import { inEveryEngine } from './rig.ts'

// What a page can say about images, what they keep, what servers are told, and how all of it is turned off.

const img = '<img class="new" src="/photos/1.png">'
const into = (more = ''): string => `<button id="go" hx-get="/fragment" hx-target="#slot">go</button><div id="slot" ${more}></div>`

type Run = Opened['run']

/** An attribute of the one image that is meant; null where it is not there. */
const attributeOf = (run: Run, name: string, selector = '.new'): Promise<unknown> => run(`return document.querySelector('${selector}').getAttribute('${name}')`)

/** Through gip, and the options of the address. */
async function optionsOf(run: Run): Promise<string> {
  const src = String(await attributeOf(run, 'src'))
  return /\/s\/[^/]+\/(.*)\/plain\//.exec(src)?.[1] ?? src
}

const attributes: readonly { name: string; place?: string; answer: string; options: string; alt?: string | null; only?: number }[] = [
  { name: 'nothing is said', answer: img, options: 'f:auto', alt: null },
  { name: 'off, where it goes', place: 'hx-img="off"', answer: img, options: '/photos/1.png' },
  { name: 'off by its data form', place: 'data-hx-img="off"', answer: img, options: '/photos/1.png' },
  { name: 'off, on the image', answer: img.replace('>', ' hx-img="off">'), options: '/photos/1.png' },
  { name: 'off, around the image, inherited', answer: `<p hx-img="off" hx-img:inherited="off">${img}</p>`, options: '/photos/1.png' },
  { name: 'on again, nearer', place: 'hx-img="off"', answer: img.replace('>', ' hx-img="on">'), options: 'f:auto' },
  { name: 'a level of quality', place: 'hx-img-quality="low"', answer: img, options: 'q:low/f:auto' },
  { name: 'a preset', place: 'hx-img="card"', answer: img, options: 'pr:card' },
  { name: 'a preset that the site does not have', place: 'hx-img="nocard"', answer: img, options: 'f:auto' },
  { name: 'a width', answer: img.replace('>', ' data-hx-img-width="200">'), options: 'w:256/f:auto' },
  { name: 'sizes', place: 'hx-img-sizes="50vw"', answer: img, options: 'f:auto' },
  { name: 'an alt for images without', place: 'hx-img-alt="A lake"', answer: img, options: 'f:auto', alt: 'A lake' },
  { name: 'an alt that says nothing is an alt', place: 'hx-img-alt="A lake"', answer: img.replace('>', ' alt="">'), options: 'f:auto', alt: '' },
]

inEveryEngine((rig) => {
  describe.each([2, 4])('htmx %i', (version) => {
    test.each(attributes)('hx-img: $name', async ({ place, answer, options, alt }) => {
      const { stage } = rig
      stage.pages.set('/fragment', answer)
      const { run, go, shown } = await rig.open(version, into(place))
      await go('.new')
      await shown(1)
      expect(await optionsOf(run)).toBe(options)
      if (alt !== undefined) expect(await attributeOf(run, 'alt')).toBe(alt)
      if (place?.includes('sizes')) expect(await attributeOf(run, 'sizes')).toBe('50vw')
    })

    test('hx-img: off for a piece that goes elsewhere, and only for that', async () => {
      const { stage } = rig
      stage.pages.set('/fragment', `${img}<p id="other" hx-swap-oob="innerHTML"><img id="b" src="/photos/2.png" alt=""></p>`)
      const { run, go, shown } = await rig.open(version, `${into()}<p id="other" hx-img="off"></p>`)
      await go('#b')
      await shown(2)
      expect(await optionsOf(run)).toBe('f:auto')
      expect(stage.asked).toEqual(['/photos/2.png'])
    })

    const old = '<img id="hero" class="wide" alt="A lake" title="Lake" role="presentation" aria-hidden="false" style="border: 0" width="150" height="100" loading="eager" fetchpriority="high" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'
    test.each([
      { name: 'in its place', swap: 'hx-target="#hero" hx-swap="outerHTML"', answer: '<img class="new" src="/photos/1.png">', body: old },
      { name: 'chosen from more', swap: 'hx-target="#hero" hx-swap="outerHTML" hx-select="#x img"', answer: '<img src="/photos/2.png" alt="b"><p id="x"><img class="new" src="/photos/1.png"></p>', body: old, early: [4] },
      { name: 'out-of-band', swap: 'hx-swap="none"', answer: '<img id="hero" class="new" hx-swap-oob="true" src="/photos/1.png">', body: old, early: [2, 4] },
      { name: 'in the place of a picture', swap: 'hx-target="picture" hx-swap="outerHTML"', answer: '<img class="new" src="/photos/1.png">', body: `<picture>${old}</picture>` },
    ])('an image that comes for another keeps what that was: $name', async ({ swap, answer, body, early }) => {
      const { stage } = rig
      stage.pages.set('/fragment', answer)
      const { run, go, shown } = await rig.open(version, `<button id="go" hx-get="/fragment" ${swap}>go</button><div>${body}</div>`)
      await go('.new')
      await shown(1)
      const kept = await run(`return Object.fromEntries([...document.querySelector('.new').attributes].map(({ name, value }) => [name, value]))`)
      expect(kept).toMatchObject({ id: 'hero', class: 'new', alt: 'A lake', title: 'Lake', role: 'presentation', 'aria-hidden': 'false', style: 'border: 0', width: '150', height: '100', loading: 'eager', fetchpriority: 'high' })
      expect(await optionsOf(run)).toBe('w:192/f:auto')
      expect(await run(`const image = document.querySelector('.new'); return [image.clientWidth, image.clientHeight]`)).toEqual([150, 100])
      // There WebKit may begin the original too (docs/browsers.md).
      if (!(rig.engine === 'WebKit' && early?.includes(version))) expect(stage.asked).toEqual([])
    })

    test('an empty alt is kept, and of two images neither gets anything', async () => {
      const { stage } = rig
      stage.pages.set('/fragment', '<img class="new" alt="" src="/photos/1.png"><img src="/photos/2.png">')
      const { run, go, shown } = await rig.open(version, `<button id="go" hx-get="/fragment" hx-target="#hero" hx-swap="outerHTML">go</button><div>${old}</div>`)
      await go('.new')
      await shown(2)
      expect(await run(`return [...document.images].map((image) => [image.getAttribute('alt'), image.id])`)).toEqual([['', ''], [null, '']])
    })

    test('the server is told the density and the width of the window', async () => {
      const { stage } = rig
      stage.pages.set('/fragment', img)
      const { run, go } = await rig.open(version, into())
      await go('.new')
      const [dpr, viewport] = (await run('return [devicePixelRatio, innerWidth].map(String)')) as readonly string[]
      expect(stage.headers.get('/fragment')).toMatchObject({ 'hx-img-dpr': dpr, 'hx-img-viewport': viewport })
    })

    test('gip:rewrite tells where, and which', async () => {
      const { stage } = rig
      stage.pages.set('/fragment', `${img}<img src="/logo.svg" alt="">`)
      const { go, events } = await rig.open(version, into())
      await go('.new')
      expect(await events()).toEqual(['gip:rewrite slot {"originals":["/photos/1.png"]}'])
    })

    test.each([
      { name: 'by the owner', mode: 'bypass' },
      { name: 'by the visitor', query: '?gip=off' },
    ])('turned off $name: originals, and nothing is said', async ({ mode, query }) => {
      const { stage } = rig
      stage.proxy.configMode = mode
      stage.pages.set('/fragment', img)
      const { run, go, shown, events } = await rig.open(version, into(), query)
      await go('.new')
      await shown(1)
      await until('htmx is done', async () => (await run(`return document.querySelector('#slot').innerHTML`)) === img)
      expect(stage.asked).toEqual(['/photos/1.png'])
      expect(await events()).toEqual([])
      expect(stage.headers.get('/fragment')).not.toHaveProperty('hx-img-dpr')
    })

    test('turned off while the page is open: from the next swap on', async () => {
      const { stage } = rig
      stage.pages.set('/fragment', img)
      const { run, go, shown } = await rig.open(version, into())
      await run(`localStorage.setItem('gip', 'off')`)
      await go('.new')
      await shown(1)
      expect(stage.asked).toEqual(['/photos/1.png'])
    })

    test('what is preserved is not loaded again', async () => {
      const { stage } = rig
      const kept = '<img id="kept" hx-preserve="true" src="/photos/6.png" alt="">'
      stage.pages.set('/fragment', `${img}${kept}`)
      const { run, go, shown } = await rig.open(version, into().replace('></div>', `>${kept}</div>`))
      await shown(1)
      await go('.new')
      await shown(2)
      expect(stage.asked).toEqual(['/photos/6.png'])
      expect(stage.proxy.images).toHaveLength(1)
      expect(await attributeOf(run, 'src', '#kept')).toBe('/photos/6.png')
    })

    test('an image that is taken away before it fails tells nobody', async () => {
      const { stage } = rig
      stage.pages.set('/fragment', img)
      const { run, go, events } = await rig.open(version, into())
      await stage.proxy.become('slow')
      await go('.new')
      await until('gip was asked', async () => stage.proxy.images.length > 0)
      stage.pages.set('/fragment', '<p class="next"></p>')
      await go('.next')
      await stage.proxy.become('down')
      await run('requestAnimationFrame(() => (window.isDrawn = true))')
      await until('a frame was drawn', async () => (await run('return window.isDrawn')) === true)
      expect(await events('gip:fallback')).toEqual([])
      expect(stage.asked).toEqual([])
    })
  })

  test('a morph of htmx 4 leaves an image that has come as its original', async () => {
    const { stage } = rig
    const photo = '<img id="first" src="/photos/6.png" alt="">'
    stage.pages.set('/fragment', `${photo}<p class="new"></p>`)
    const { run, go, shown } = await rig.open(4, into().replace('></div>', `>${photo}</div>`).replace('hx-target', 'hx-swap="innerMorph" hx-target'))
    await shown(1)
    await go('.new')
    await shown(1)
    expect(await attributeOf(run, 'src', '#first')).toBe('/photos/6.png')
    expect(stage.proxy.images).toEqual([])
  })
})
