import { describe, expect, test } from 'vitest'
import { until } from '../../../../sw/test/browser/stage.ts'
import { attrs, parseConfig, picture, type Attributes } from '../../../core/src/index.ts'
import { inEveryEngine, type Rig } from './rig.ts'
import { pageOf, type Stage } from './stage.ts'

// What sites have beside gip: extensions that swap by themselves, histories of each kind, servers that write gip's addresses.

const img = (photo: string): string => `<img class="new" src="/photos/${photo}.png" alt="" width="150" height="100" loading="eager">`
const config = (given: object): string => `<meta name="htmx-config" content='${JSON.stringify(given)}'>`

const extensions = [
  { version: 2, name: 'sse', element: '<div hx-ext="sse" sse-connect="/events" sse-swap="message"></div>' },
  { version: 4, name: 'sse', element: '<div hx-sse:connect="/events"></div>' },
  { version: 2, name: 'ws', element: '<div hx-ext="ws" ws-connect="/socket"></div>' },
  { version: 4, name: 'ws', element: '<div hx-ws:connect="/socket" hx-target="#other"></div>' },
]

/** Where htmx 4 swaps what no request brought, WebKit may begin the original too (docs/browsers.md). */
const isEarly = ({ engine }: Rig, version: number): boolean => engine === 'WebKit' && version === 4

inEveryEngine((rig) => {
  test.each(extensions)('htmx $version: what the extension $name swaps', async ({ version, name, element }) => {
    const { stage } = rig
    stage.pages.set('/events', `<div id="other" hx-swap-oob="true">${img('1')}${img('2')}</div>`)
    const body = `<script src="/${name}${version}.js"></script><div id="other"></div><template>${element}</template>
      <button id="go" onclick="document.body.append(document.querySelector('template').content.cloneNode(true)); htmx.process(document.body)">go</button>`
    const { run, go, shown, events } = await rig.open(version, body)
    await go('.new')
    await shown(2)
    expect(await run(`return [...document.images].every((image) => image.src.includes('/f:auto/'))`)).toBe(true)
    if (!isEarly(rig, version)) expect(stage.asked).toEqual([])
    expect(await events('gip:fallback')).toEqual([])
  })

  const histories = [
    { version: 2, name: 'no cache at all', setup: config({ historyCacheSize: 0 }), isAsked: true },
    { version: 2, name: 'hx-history="false"', setup: '<p hx-history="false"></p>', isAsked: true },
    { version: 2, name: 'a cache that may ask nobody', setup: config({ historyRestoreAsHxRequest: false }), isAsked: false },
    { version: 4, name: 'the extension history-cache', setup: '<script src="/history4.js"></script>', isAsked: false },
  ]

  test.each(histories)('htmx $version, the way back: $name', async ({ version, setup, isAsked }) => {
    const { stage } = rig
    const first = (slot: string): string => `${setup}<button id="fill" hx-get="/fill" hx-target="#slot">fill</button><div id="slot">${slot}</div>
      <a id="go" hx-get="/fragment" hx-push-url="true" hx-target="body">go</a>`
    stage.pages.set('/fragment', `<html><body hx-ext="gip">${setup}<p class="second">2</p></body></html>`)
    stage.pages.set('/fill', img('1'))
    const { run, go, shown } = await rig.open(version, first(''))
    await run(`document.querySelector('#fill').click()`)
    await shown(1)
    await go('.second')
    stage.pages.set('/', pageOf(stage, version, first(img('1'))))
    stage.headers.delete('/')
    await run('history.back()')
    await until('the image is back', async () => (await run(`return Boolean(document.querySelector('#slot img'))`)) === true)
    await shown(1)
    expect(await run(`return document.querySelector('#slot img').getAttribute('src')`)).toContain('/f:auto/')
    expect(stage.headers.has('/'), 'the server is asked').toBe(isAsked)
    if (!isEarly(rig, version)) expect(stage.asked).toEqual([])
  })

  describe.each([2, 4])('htmx %i: images that the server wrote as gip addresses', (version) => {
    const go = '<button id="go" hx-get="/fragment" hx-target="#slot">go</button><div id="slot"></div>'
    const tag = (name: string, given: Attributes): string => `<${name} ${Object.entries(given).map(([key, value]) => (value === undefined ? '' : `${key}="${String(value).replaceAll('"', '&quot;')}"`)).join(' ')}>`

    /** As a server that has core writes them. */
    async function write(stage: Stage): Promise<void> {
      const answer = await fetch(`${stage.proxy.origin}/s/${stage.name}/config.json`)
      const site = { ...parseConfig(await answer.json())!, base: stage.origin }
      const own = { alt: 'A lake', width: 150, height: 100, loading: 'eager' as const }
      const image = attrs(site, { ...own, src: '/photos/1.png' })
      const { sources, img } = picture(site, { ...own, src: '/photos/2.png', sources: [{ media: '(min-width: 1px)', src: '/photos/3.png', width: 150, height: 100 }] })
      stage.pages.set('/fragment', `${tag('img', { class: 'new', id: 'a', ...image } as Attributes)}<picture>${sources.map((source) => tag('source', source as Attributes)).join('')}${tag('img', { id: 'b', ...img } as Attributes)}</picture>`)
    }

    test('are left as they are', async () => {
      const { stage } = rig
      await write(rig.stage)
      const { run, go: click, shown, events } = await rig.open(version, go)
      await click('.new')
      await shown(2)
      expect(stage.asked).toEqual([])
      expect(await run(`return document.querySelector('#a').alt`)).toBe('A lake')
      expect(await events()).toEqual([])
    })

    test.each(['down', 'error', 'garbage'] as const)('become their originals: %s', async (mood) => {
      const { stage } = rig
      await write(rig.stage)
      const { run, go: click, shown, events } = await rig.open(version, go)
      await stage.proxy.become(mood)
      await click('.new')
      await shown(2)
      expect((await events()).map((event) => event.split(' ').slice(0, 2).join(' ')).sort()).toEqual(['gip:fallback a', 'gip:fallback b'])
      expect(stage.asked.length).toBe(2)
      expect(await run('return [...document.images].map((image) => [image.alt, image.width, image.height])')).toEqual(Array(2).fill(['A lake', 150, 100]))
    })
  })
})
