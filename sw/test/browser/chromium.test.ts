import { chromium, type Browser, type BrowserContext, type CDPSession, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ODD } from './site.ts'
import { createStage, HEIGHT, PHOTOS, until, WIDTH, type Stage } from './stage.ts'

let stage: Stage
let browser: Browser
let context: BrowserContext
let page: Page
let cdp: CDPSession
/** What the page was answered, by path and query. */
let answers: Map<string, { readonly type: string; readonly size: number; readonly worker: boolean }>

beforeAll(async () => {
  stage = await createStage()
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
})

afterAll(async () => {
  await browser?.close()
  await stage?.stop()
})

beforeEach(async () => {
  await stage.reset()
  context = await browser.newContext() // no cache, no worker, no storage
  page = await context.newPage()
  cdp = await context.newCDPSession(page)
  answers = new Map()
  page.on('response', async (response) => {
    const { pathname, search } = new URL(response.url())
    const type = response.headers()['content-type'] ?? ''
    const body = await response.body().catch(() => Buffer.alloc(0))
    answers.set(pathname + search, { type, size: body.length, worker: response.fromServiceWorker() })
  })
})

afterEach(async () => {
  await context.close()
})

interface Shown {
  readonly path: string
  readonly width: number
  readonly height: number
}

/** Opens the page and waits until no photo is under way any more. */
async function view(query = ''): Promise<readonly Shown[]> {
  answers.clear()
  await page.goto(`${stage.site.origin}/${query}`, { waitUntil: 'domcontentloaded' })
  return shown()
}

async function shown(): Promise<readonly Shown[]> {
  await until('all photos are shown or broken', () =>
    page.evaluate(() => [...document.images].every((image) => image.complete && image.naturalWidth > 0)),
  )
  return page.$$eval('img.photo', (images) =>
    (images as HTMLImageElement[]).map((image) => ({
      path: image.currentSrc.replace('#gip', '').slice(location.origin.length),
      width: image.naturalWidth,
      height: image.naturalHeight,
    })),
  )
}

/** The first view, and then until the worker has its config. */
async function install(): Promise<void> {
  await view()
  await until('the worker has its config', () => page.evaluate(storedMode))
  answers.clear()
  stage.site.asked.length = 0
  stage.site.seen.length = 0
  stage.proxy.images.length = 0
}

/** Runs in the page: the mode of the config that the worker stored. */
async function storedMode(): Promise<string | undefined> {
  const state = await (await caches.match('/gip-state', { cacheName: 'gip' }))?.json()
  return state?.config?.mode
}

function registrations(): Promise<readonly string[]> {
  return page.evaluate(async () =>
    (await navigator.serviceWorker.getRegistrations()).map(
      ({ active, waiting, installing }) => new URL((active ?? waiting ?? installing)!.scriptURL).pathname,
    ),
  )
}

/** Adds one more image to the page that is open, and says what it was answered with. */
async function addImage(path: string): Promise<string> {
  await page.evaluate(async (src) => {
    const image = new Image()
    image.src = src
    await image.decode()
  }, path)
  return (await until('the answer was seen', async () => answers.get(path))).type
}

/** All photos are there, in their own size, and each is the original. */
function expectOriginals(photos: readonly Shown[]): void {
  expect(photos).toHaveLength(PHOTOS)
  for (const { path, width, height } of photos) {
    expect({ path, width, height, type: answers.get(path)?.type }).toEqual({
      path,
      width: WIDTH,
      height: HEIGHT,
      type: path.includes('.png') ? 'image/png' : 'image/jpeg',
    })
  }
}

describe('two views', () => {
  test('the first shows the originals', async () => {
    expectOriginals(await view())
    expect([...answers.values()].some(({ worker }) => worker)).toBe(false)
  })

  test('the second shows every photo through the worker: same size, better format, fewer bytes', async () => {
    await install()
    const photos = await view()
    expect(photos).toHaveLength(PHOTOS)
    for (const { path, width, height } of photos) {
      const { type, size, worker } = answers.get(path)!
      expect([path, width, height, worker]).toEqual([path, WIDTH, HEIGHT, true])
      expect(type).toMatch(/^image\/(avif|webp)$/)
      expect(size).toBeGreaterThan(0)
      expect(size).toBeLessThan(stage.originals.get(path.replace(/\?.*/, ''))!.body.length)
    }
    expect(stage.site.seen, 'no original was asked for').toEqual([])
    expect(answers.get('/logo.svg'), 'vectors are left alone').toMatchObject({ type: 'image/svg+xml', worker: false })
  })

  test('an image that comes late in the first view is already served', async () => {
    await install()
    await until('the worker controls the page', () => page.evaluate(() => navigator.serviceWorker.controller !== null))
    expect(await addImage('/photos/1.png')).toMatch(/avif|webp/)
  })

  test('the backend asks the site for exactly the address that the page has', async () => {
    const odd = `${ODD}&new`
    const { href } = new URL(odd, stage.site.origin)
    await install()
    await until('the worker controls the page', () => page.evaluate(() => navigator.serviceWorker.controller !== null))
    await page.evaluate((src) => void (new Image().src = src), odd)
    await until('it asked', async () => stage.proxy.images.length > 0)
    expect(stage.site.asked).toEqual([href.slice(stage.site.origin.length)])
  })
})

test('the real backend is stopped: every photo still shows', async () => {
  const other = await createStage()
  try {
    await page.goto(other.site.origin)
    await until('the worker has its config', () => page.evaluate(storedMode))
    await other.gip.stop()
    await page.goto(`${other.site.origin}/?v=1`)
    expectOriginals(await shown())
  } finally {
    await other.stop()
  }
})

describe('the breaker', () => {
  test('keeps away from a broken backend, also after the death of the worker', async () => {
    await install()
    await stage.proxy.become('error')
    await view('?v=1')
    expect(stage.proxy.images.length).toBeGreaterThanOrEqual(3)
    await until('the breaker is stored', () => page.evaluate(async () => {
      const state = await (await caches.match('/gip-state', { cacheName: 'gip' }))?.json()
      return state?.breaker.open === true
    }))
    await cdp.send('ServiceWorker.enable')
    await cdp.send('ServiceWorker.stopAllWorkers')
    await stage.proxy.become('pass')
    stage.proxy.images.length = 0
    expectOriginals(await view('?v=2'))
    expect(stage.proxy.images).toEqual([])
  })

  test('images that are late while the backend is healthy do not open it', async () => {
    stage.hurry()
    await install()
    await stage.proxy.become('slow')
    await view('?v=1')
    await stage.proxy.become('pass')
    await view()
    expect(answers.get('/photos/1.png')?.type).toMatch(/avif|webp/)
  })
})

describe('switching off', () => {
  beforeEach(async () => {
    await install()
    await page.evaluate(async () => {
      localStorage.setItem('mine', 'kept')
      await (await caches.open('mine')).put('/mine', new Response('kept'))
    })
  })

  /** Nothing of ours is left in the page that is open, and all of the site's is. */
  async function expectClean(): Promise<void> {
    await until('the registration is gone', async () => (await registrations()).length === 0)
    expect(await addImage('/photos/2.png?same-page')).toBe('image/png')
    expect(await page.evaluate(() => caches.keys())).toEqual(['mine'])
    expect(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).toEqual([])
    expect(await page.evaluate(() => localStorage.getItem('mine'))).toBe('kept')
    expectOriginals(await view())
  }

  test('by the mode bypass: the worker stays and answers nothing, until it is on again', async () => {
    stage.proxy.configMode = 'bypass'
    await view()
    await until('the worker knows', async () => (await page.evaluate(storedMode)) === 'bypass')
    expect(await addImage('/photos/2.png?same-page')).toBe('image/png')
    expectOriginals(await view())
    expect(await registrations()).toEqual(['/gip-sw.js'])
    stage.proxy.configMode = undefined
    await view()
    await until('the worker knows', async () => (await page.evaluate(storedMode)) === 'on')
    await view()
    expect(answers.get('/photos/1.png')?.type).toMatch(/avif|webp/)
  })

  test('by the mode unregister', async () => {
    stage.proxy.configMode = 'unregister'
    await view()
    await expectClean()
  })

  test('by ?gip=off, which is remembered until ?gip=on', async () => {
    await view('?gip=off')
    await expectClean()
    expect(await registrations()).toEqual([])
    await view('?gip=on')
    await until('the worker is back', async () => (await page.evaluate(storedMode)) === 'on')
    await view()
    expect(answers.get('/photos/1.png')?.type).toMatch(/avif|webp/)
  })

  test('by a kill message: the same page is clean at once', async () => {
    await view('?untagged')
    expect(answers.get('/photos/1.png')?.type).toMatch(/avif|webp/)
    await page.evaluate(() => navigator.serviceWorker.controller?.postMessage({ gip: 'kill' }))
    await until('the registration is gone', async () => (await registrations()).length === 0)
    expect(await addImage('/photos/2.png?same-page')).toBe('image/png')
    await cdp.send('ServiceWorker.enable')
    await cdp.send('ServiceWorker.stopAllWorkers')
    expect(await addImage('/photos/3.png?same-page'), 'also when the worker starts again').toBe('image/png')
    expect(await page.evaluate(() => caches.keys())).toEqual(['mine'])
    expect(await page.evaluate(() => localStorage.getItem('mine'))).toBe('kept')
  })
})

test("another worker of the site's is never replaced", async () => {
  const said: string[] = []
  page.on('console', (message) => said.push(message.text()))
  await page.goto(`${stage.site.origin}/?untagged`)
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('/foreign.js')
    await navigator.serviceWorker.ready
  })
  await view()
  await until('the loader says so', async () => said.some((text) => /gip: .* stays/.test(text)))
  expect(await registrations()).toEqual(['/foreign.js'])
  await view('?gip=off')
  expect(await registrations()).toEqual(['/foreign.js'])
})

test("in a worker of the site's own, gip is a guest", async () => {
  await page.goto(`${stage.site.origin}/?untagged`)
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('/guest.js')
    await navigator.serviceWorker.ready
  })
  await view() // without clients.claim() the page before is not controlled
  await until('the worker has asked for its config', async () => (await page.evaluate(storedMode)) === 'on')
  await view()
  expect(answers.get('/photos/1.png')?.type).toMatch(/avif|webp/)
  expect(await page.evaluate(() => fetch('/own.txt').then((answer) => answer.text()))).toBe('the site itself')
  expect(await registrations()).toEqual(['/guest.js'])

  await page.evaluate(() => navigator.serviceWorker.controller?.postMessage({ gip: 'kill' }))
  await until('the guest keeps still', async () => (await addImage(`/photos/2.png?${Math.random()}`)) === 'image/png')
  expect(await registrations(), 'the host stays').toEqual(['/guest.js'])
})
