import { describe, expect, test } from 'vitest'
import { endHanging, FAILURES, STRICT } from '../../../../sw/test/browser/failures.ts'
import { until } from '../../../../sw/test/browser/stage.ts'
import { inEveryEngine } from './rig.ts'

// However gip fails, each image is shown as its original: asked for once, told once.

const go = '<button id="go" hx-get="/fragment" hx-target="#slot">go</button><div id="slot"></div>'
/** One of each kind. */
const fragment = `<img class="new" id="a" src="/photos/1.png" alt="A lake" width="150" height="100">
<img id="b" srcset="/photos/2.png 1x, /photos/3.png 2x" src="/photos/2.png" alt="A hill">
<picture><source srcset="/photos/4.png"><img id="c" src="/photos/5.png" alt="A wood"></picture>`
const originals = ['/photos/1.png', '/photos/2.png', '/photos/4.png']

/** What the browser measures itself: an author's candidates, and gip's. */
const measured = `<img class="new" id="a" loading="lazy" sizes="auto" srcset="/photos/1.png 300w, /photos/2.png 900w" alt="" style="width: 100%">
<img id="b" sizes="auto, 100vw" src="/photos/3.png" alt="" style="width: 100%">`

const OWN = `return [...document.querySelectorAll('#slot img, #slot source')].map((element) => [element.getAttribute('alt'), element.getAttribute('srcset')])`

inEveryEngine((rig) => {
  // WebKit begins what is chosen while one attribute is written after the other.
  const most = rig.engine === 'WebKit' ? 2 : 1

  describe.each([2, 4])('htmx %i', (version) => {
    test.each(FAILURES)('$name', async (failure) => {
      const { stage } = rig
      if (failure.isBlocked) stage.policy = STRICT
      stage.pages.set('/fragment', failure.isShared ? fragment.replaceAll('<img', '<img crossorigin') : fragment)
      const { run, go: click, shown, events } = await rig.open(version, go)
      await stage.proxy.become(failure.mood)
      await click('.new')
      await endHanging(failure, stage.proxy, 3)
      await shown(3)
      expect([...stage.asked].sort()).toEqual(originals)
      const asked = stage.proxy.images.map(({ path }) => path)
      for (const path of asked) expect(asked.filter((other) => other === path).length, path).toBeLessThanOrEqual(most)
      expect((await events('gip:fallback')).map((event) => event.split(' ')[1]).sort()).toEqual(['a', 'b', 'c'])
      expect(await events('gip:error')).toEqual([])
      expect(await run('return said')).toEqual([])
      expect(await run(OWN)).toEqual([['A lake', null], ['A hill', '/photos/2.png 1x, /photos/3.png 2x'], [null, '/photos/4.png'], ['A wood', null]])
    })

    test('an original that fails too keeps its alt, and is not asked for again', async () => {
      const { stage } = rig
      stage.pages.set('/fragment', '<img class="new" id="a" src="/photos/none.png" alt="A lake">')
      const { run, go: click, events } = await rig.open(version, go)
      await stage.proxy.become('garbage')
      await click('.new')
      await until('the original failed', async () => (await events('gip:error')).length > 0)
      expect(await events('gip:fallback')).toEqual(['gip:fallback a {"original":"/photos/none.png"}'])
      expect(await events('gip:error')).toEqual(['gip:error a {"original":"/photos/none.png"}'])
      expect(stage.asked).toEqual(['/photos/none.png'])
      expect(await run(`return document.querySelector('#a').getAttribute('alt')`)).toBe('A lake')
    })
  })

  // Only Chromium tells nobody.
  describe.each(rig.engine === 'Chromium' ? [2, 4] : [])('htmx %i, and no event tells it', (version) => {
    test.each(['error', 'garbage'] as const)('%s, once an image has grown', async (mood) => {
      const { stage } = rig
      stage.pages.set('/fragment', measured)
      const { run, go: click, shown, events } = await rig.open(version, `<main style="width: 200px">${go}</main>`)
      await click('.new')
      await shown(2)
      await stage.proxy.become(mood)
      await run(`document.querySelector('main').style.width = '900px'`)
      await until('both told it', async () => (await events('gip:fallback')).length === 2)
      await shown(2)
      expect(await run(`return [...document.querySelectorAll('#slot img')].map((image) => new URL(image.currentSrc).pathname)`)).toEqual(['/photos/2.png', '/photos/3.png'])
      expect(await events('gip:error')).toEqual([])
    })

    test.each(['error', 'garbage'] as const)('%s, far below what is seen', async (mood) => {
      const { stage } = rig
      stage.pages.set('/fragment', measured)
      const { run, go: click, shown, events } = await rig.open(version, go.replace('<div', '<p style="height: 20000px"></p><div'))
      await stage.proxy.become(mood)
      await click('.new')
      await run('scrollTo(0, document.body.scrollHeight)')
      await shown(2)
      expect((await events('gip:fallback')).map((event) => event.split(' ')[1]).sort()).toEqual(['a', 'b'])
    })
  })

  test('what failed before is not tried again by a morph of htmx 4', async () => {
    const { stage } = rig
    stage.pages.set('/fragment', '<img class="new" id="a" src="/photos/1.png" alt="">')
    const { run, go: click, shown, events } = await rig.open(4, go.replace('hx-target', 'hx-swap="innerMorph" hx-target'))
    await stage.proxy.become('garbage')
    await click('.new')
    await shown(1)
    const before = stage.proxy.images.length
    await run(`document.addEventListener('htmx:after:swap', () => document.body.append(Object.assign(document.createElement('p'), { className: 'swapped' })))`)
    await click('.swapped')
    await shown(1)
    expect(stage.proxy.images).toHaveLength(before)
    expect(await events('gip:fallback')).toHaveLength(1)
    expect(await run(`return document.querySelector('#a').getAttribute('src')`)).toBe('/photos/1.png')
  })
})
