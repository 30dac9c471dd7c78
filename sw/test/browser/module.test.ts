import { afterAll, beforeAll, expect, test } from 'vitest'
import { engines } from './engines.ts'
import { createStage, until, type Stage } from './stage.ts'
import { diagnose, openWhole } from './worker.ts'

let stage: Stage

/** A worker that a site had before: it answers one photo and one text by itself, and controls pages when it wants to. */
const OWN = `self.addEventListener('fetch', (event) => {
  const { pathname, search } = new URL(event.request.url)
  if (pathname === '/own.txt') event.respondWith(new Response('the site itself'))
  if (search === '?own') event.respondWith(fetch('/photos/5.jpg'))
})
for (const name of ['skipWaiting']) self[name] = () => { self.skipped = true; return Promise.resolve() }
self.clients.claim = () => { self.skipped = true; return Promise.resolve() }
self.addEventListener('message', ({ data, ports }) => { if (data === 'skipped?') ports[0].postMessage(self.skipped === true) })
`

beforeAll(async () => {
  stage = await createStage()
  const { site } = stage
  site.files.set('/own.js', { type: 'text/javascript', body: `${OWN}\n${site.shim.replace('}', ',module:true}')}` })
  const tag = site.tag.replace('<script', '<script data-worker="/own.js" data-module')
  const body = `<!doctype html><meta charset="utf-8">${tag}<img src="/photos/1.png" width="300" height="200"><img src="/photos/2.png?own">`
  site.files.set('/module', { type: 'text/html', body })
  site.files.set('/module-first', { type: 'text/html', body: '<!doctype html><script>navigator.serviceWorker.register("/own.js")</script>' })
})

afterAll(() => stage?.stop())

test.each(engines)("$name: beside the site's own worker, which stays in charge", async ({ start }) => {
  await stage.reset()
  const { driver, stop } = await start()
  const url = `${stage.site.origin}/module`
  /** Asks until there is an answer in the variable. */
  const ask = (answer: string, body: string) => until(body, () => driver.run(`${body}; return window.${answer}`))
  try {
    await driver.open(`${stage.site.origin}/module-first`)
    await ask('ready', 'navigator.serviceWorker.ready.then(() => { window.ready = true })')
    await until('a photo comes through gip, in the size of its box', async () => {
      await openWhole(driver, url)
      return (await diagnose(driver)).images['/photos/1.png']?.delivered?.width === 384
    })
    expect((await diagnose(driver)).images['/photos/2.png?own'], "what the site answers is the site's").toBeUndefined()
    expect(await ask('text', `fetch('/own.txt').then((answer) => answer.text()).then((text) => { window.text = text })`)).toBe('the site itself')
    expect(await ask('skipped', `const { port1, port2 } = new MessageChannel()
      port1.onmessage = ({ data }) => { window.skipped = 'skipped: ' + data }
      navigator.serviceWorker.controller.postMessage('skipped?', [port2])`)).toBe('skipped: false')

    await openWhole(driver, `${url}?gip=off`)
    await until('gip keeps still', async () => (await diagnose(driver)).mode === undefined)
    await openWhole(driver, url)
    expect(await driver.run('return [document.images[0].naturalWidth, navigator.serviceWorker.controller.scriptURL.endsWith("/own.js")].join()'), 'the worker itself stays').toBe('900,true')
  } finally {
    await stop()
  }
})
