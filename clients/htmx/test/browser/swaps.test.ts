import { describe, expect, test } from 'vitest'
import { until } from '../../../../sw/test/browser/stage.ts'
import { inEveryEngine } from './rig.ts'
import { pageOf } from './stage.ts'

// However a fragment comes into the page, no browser asks the site for an image of it.

interface Row {
  readonly name: string
  /** What is in the page; `#go` asks for `/fragment`. */
  readonly body: string
  readonly answer: string
  /** How many images are shown then. */
  readonly count?: number
  /** Only one version can do it. */
  readonly only?: number
  /** WebKit's driver loses the page. */
  readonly isLost?: boolean
  /** In which versions WebKit may begin it before gip sees it (docs/browsers.md). */
  readonly early?: readonly number[]
}

const img = (photo: string, more = ''): string => `<img class="new" src="/photos/${photo}.png" alt="" width="150" height="100" loading="eager"${more}>`
const go = (more: string): string => `<button id="go" hx-get="/fragment" ${more}>go</button>`
const into = (swap: string): string => `${go(`hx-target="#slot" hx-swap="${swap}"`)}<div><div id="slot"><p>old</p></div></div>`
const rest = `<html><head><title>b</title></head><body><p>${img('4')}${img('5')}</p>`

const rows: readonly Row[] = [
  ...['innerHTML', 'outerHTML', 'beforebegin', 'afterbegin', 'beforeend', 'afterend'].map((swap) => ({ name: swap, body: into(swap), answer: `${img('1')}<p>${img('2')}</p>`, count: 2 })),
  { name: 'an image that is named by quotes, entities and capitals', body: into('innerHTML'), answer: `<IMG CLASS=new ALT="a > b" title='it"s' SRC='/photos/1.png?a=1&amp;b=%20'>` },
  { name: 'outerHTML with hx-select of a fragment', body: `${go('hx-target="#slot" hx-swap="outerHTML" hx-select="#slot"')}<div id="slot"></div>`, answer: `<div>${img('2')}</div><div id="slot">${img('1')}</div>`, early: [4] },
  { name: 'outerHTML with hx-select of a page', body: `${go('hx-target="#slot" hx-swap="outerHTML" hx-select="#slot"')}<div id="slot"></div>`, answer: `${rest}<div id="slot">${img('1')}</div></body></html>` },
  { name: 'table rows', body: `${go('hx-target="tbody" hx-swap="beforeend"')}<table><tbody></tbody></table>`, answer: `<tr><td>${img('1')}</td></tr><tr><td>${img('2')}</td></tr>`, count: 2 },
  { name: 'the whole body', body: go('hx-target="body"'), answer: `${rest}</body></html>`, count: 2 },
  { name: 'the whole body, outerHTML', body: go('hx-target="body" hx-swap="outerHTML"'), answer: `${rest}</body></html>`, count: 2 },
  { name: 'a boosted link', body: '<a id="go" href="/fragment" hx-boost="true">go</a>', answer: `${rest}</body></html>`, count: 2 },
  { name: 'out-of-band', body: `${into('innerHTML')}<div id="other"></div>`, answer: `${img('1')}<div id="other" hx-swap-oob="true">${img('2')}</div>`, count: 2, early: [2, 4] },
  { name: 'out-of-band into another place', body: `${into('innerHTML')}<ul id="other"></ul>`, answer: `${img('1')}<ul hx-swap-oob="beforeend:#other"><li>${img('2')}</li></ul>`, count: 2, early: [2, 4] },
  { name: 'out-of-band rows in a template', body: `${into('innerHTML')}<table><tbody><tr id="row"></tr></tbody></table>`, answer: `${img('1')}<template><tr id="row" hx-swap-oob="true"><td>${img('2')}</td></tr></template>`, count: 2, only: 2, early: [2] },
  { name: 'out-of-band in a page', body: `${into('innerHTML')}<div id="other"></div>`, answer: `<html><body>${img('1')}<div id="other" hx-swap-oob="true">${img('2')}</div></body></html>`, count: 2 },
  { name: 'chosen out-of-band by hx-select-oob', body: `${go('hx-target="#slot" hx-select="#a" hx-select-oob="#other"')}<div id="slot"></div><div id="other"></div>`, answer: `<p id="a">${img('1')}</p><div id="other">${img('2')}</div>${img('3')}`, count: 2, early: [4] },
  { name: 'partials', body: `${into('innerHTML')}<div id="other"></div>`, answer: `<hx-partial hx-target="#other">${img('2')}</hx-partial>${img('1')}`, count: 2 },
  { name: 'a picture', body: into('innerHTML'), answer: `<picture><source media="(min-width: 10px)" srcset="/photos/2.png 300w, /photos/3.png 600w" sizes="150px"><img class="new" src="/photos/1.png" alt=""></picture>` },
  { name: 'a srcset of its own', body: into('innerHTML'), answer: '<img class="new" srcset="/photos/1.png 1x, /photos/2.png 2x" src="/photos/3.png" alt="">' },
  { name: 'addresses relative to the page that it becomes', body: `${go('hx-target="#slot" hx-push-url="/photos/deep/page"')}<div id="slot"></div>`, answer: '<img class="new" src="../1.png" alt="">', early: [2, 4] },
  { name: 'after a wait', body: into('innerHTML swap:50ms'), answer: img('1') },
  { name: 'in a view transition', body: into('innerHTML transition:true'), answer: img('1'), isLost: true },
  { name: 'a template that a script copies', body: into('innerHTML'), answer: `<template class="new">${img('1')}</template><script>document.body.append(slot.querySelector('template').content.cloneNode(true))</script>` },
  { name: 'innerMorph', body: into('innerMorph'), answer: img('1'), only: 4 },
  { name: 'outerMorph', body: into('outerMorph'), answer: `<div id="slot">${img('1')}</div>`, only: 4 },
  { name: 'outerMorph of an image', body: `${go('hx-target="#slot" hx-swap="outerMorph"')}<div><img id="slot" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt=""></div>`, answer: img('1', ' id="slot"'), only: 4 },
  { name: 'htmx.swap of version 2', body: `<button id="go" onclick="htmx.swap('#slot', '${img('1').replaceAll('"', '&quot;')}', { swapStyle: 'innerHTML' })"></button><div id="slot"></div>`, answer: '', only: 2, early: [2] },
  { name: 'htmx.swap of version 4', body: `<button id="go" onclick="htmx.swap({ sourceElement: document.body, target: '#slot', swap: 'innerHTML', text: '${img('1').replaceAll('"', '&quot;')}' })"></button><div id="slot"></div>`, answer: '', only: 4 },
]

function rowsFor(version: number, engine: string): readonly Row[] {
  return rows.filter(({ only = version, isLost }) => only === version && !(isLost && engine === 'WebKit'))
}

inEveryEngine((rig) => describe.each([2, 4])('htmx %i', (version) => {
  test.each(rowsFor(version, rig.engine))('$name', async ({ body, answer, count = 1, early }) => {
    const { stage } = rig
    stage.pages.set('/fragment', answer)
    const { run, go, shown, events } = await rig.open(version, body)
    await go('.new')
    await shown(count)
    if (!(rig.engine === 'WebKit' && early?.includes(version))) expect(stage.asked).toEqual([])
    expect(stage.proxy.images.length).toBeGreaterThanOrEqual(count)
    expect(await events('gip:fallback')).toEqual([])
    expect((await events('gip:rewrite')).length).toBeGreaterThan(0)
    expect(await run(`return [...document.querySelectorAll('img.new')].every((image) => image.hasAttribute('data-gip'))`)).toBe(true)
  })

  test('events from the server', async () => {
    const { stage } = rig
    const swap = version === 2 ? `htmx.swap('#slot', data, { swapStyle: 'beforeend' })` : `htmx.swap({ sourceElement: document.body, target: '#slot', swap: 'beforeend', text: data })`
    stage.pages.set('/events', img('1'))
    const { go, shown } = await rig.open(version, `<div id="slot"></div>
      <button id="go" onclick="const s = new EventSource('/events'); s.onmessage = ({ data }) => { s.close(); ${swap} }">go</button>`)
    await go('.new')
    await shown(1)
    if (!(rig.engine === 'WebKit' && version === 2)) expect(stage.asked).toEqual([])
  })

  test('the way back shows what came through gip again, and nothing is kept of gip', async () => {
    const { stage } = rig
    stage.pages.set('/fragment', `<html><body hx-ext="gip"><p class="second">2</p></body></html>`)
    const first = `<button id="fill" hx-get="/fill" hx-target="#slot">fill</button><div id="slot"></div><a id="go" hx-get="/fragment" hx-push-url="true" hx-target="body">go</a>`
    stage.pages.set('/fill', img('1'))
    const { run, go, shown } = await rig.open(version, first)
    await run(`document.querySelector('#fill').click()`)
    await shown(1)
    await go('.second')
    expect(await run('return JSON.stringify(sessionStorage)')).not.toContain('f:auto')
    if (version === 4) stage.pages.set('/', pageOf(stage, version, first.replace('</div>', `${img('1')}</div>`)))
    await run('history.back()')
    await until('the image is back', async () => (await run(`return Boolean(document.querySelector('#slot img'))`)) === true)
    await shown(1)
    expect(await run(`return document.querySelector('#slot img').getAttribute('src')`)).toContain('/f:auto/')
    expect(stage.asked).toEqual([])
  })
}))
