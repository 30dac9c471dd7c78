import { join } from 'node:path'
import { chromium, type Browser, type Page, type Response } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { activate, configure, deactivate, mood, newest, releases, rig, run, shots, site } from './rig.ts'

/** A box may differ by rounding: a proxy's height is a whole number of pixels. */
const ROUNDING = 1

let browser: Browser
let page: Page

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
})

afterAll(async () => {
  await browser?.close()
})

beforeEach(async () => {
  page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage()
})

afterEach(async () => {
  for (const name of releases) mood(name, 'well')
  await page.context().close()
})

interface Shown {
  readonly alt: string
  readonly source: string
  readonly decoded: boolean
  readonly box: readonly number[]
}

/** Opens a page, has every image load, and tells what is seen. */
async function view(url: string): Promise<readonly Shown[]> {
  await page.goto(url, { waitUntil: 'load' })
  await settle()
  return page.$$eval('img', (images) =>
    images.map((image) => {
      const { x, y, width, height } = image.getBoundingClientRect()
      return { alt: image.alt, source: image.currentSrc, decoded: image.complete && image.naturalWidth > 0, box: [x, y + scrollY, width, height] }
    }),
  )
}

async function settle(): Promise<void> {
  await page.evaluate(async () => {
    for (const image of document.images) image.loading = 'eager'
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)))
    scrollTo(0, 0)
  })
}

/** Images of this site: not the held place of a lazy loader. */
function ours(images: readonly Shown[]): readonly Shown[] {
  return images.filter(({ source }) => source.includes('/wp-content/uploads/'))
}

/** Scrolls through the page: how many images of this site are not there, and how many come from the proxy. */
function tour(endpoint: string): Promise<{ readonly waiting: number; readonly proxied: number }> {
  return page.evaluate(async (endpoint) => {
    const images = [...document.images].filter((image) => (image.currentSrc || image.src).includes('/wp-content/uploads/'))
    for (const image of images) {
      image.scrollIntoView({ block: 'center', behavior: 'instant' })
      await new Promise(requestAnimationFrame)
    }
    const count = (is: (image: HTMLImageElement) => boolean) => images.filter(is).length
    return { waiting: count(({ complete, naturalWidth }) => !complete || !naturalWidth), proxied: count(({ currentSrc }) => currentSrc.startsWith(endpoint)) }
  }, endpoint)
}

function addresses(name: string): readonly string[] {
  const { url, seeds } = site(name)
  const paths = Object.values(seeds['/']!.pages)
  return [...paths, ...paths.map((path) => `${path}?rig_theme=gip4all-classic`)].map((path) => url + path)
}

describe.each(releases)('%s', (name) => {
  test('every image decodes, comes from gip, and stands where it stood', async () => {
    deactivate(name)
    const before = new Map<string, readonly Shown[]>()
    for (const address of addresses(name)) before.set(address, await view(address))
    activate(name)
    configure(name, rig.proxy.endpoint)
    let seen = 0
    for (const address of addresses(name)) {
      const after = await view(address)
      expect(after.map(({ alt }) => alt)).toEqual(before.get(address)!.map(({ alt }) => alt))
      for (const image of ours(after)) expect(image, address).toMatchObject({ decoded: true, source: expect.stringMatching(`^${rig.proxy.endpoint}/`) })
      let drift = 0
      after.forEach(({ alt, box }, place) => {
        const was = before.get(address)![place]!.box
        box.forEach((side, index) => {
          // What is rounded above moves what is below.
          const allowed = ROUNDING + (index === 1 ? drift : 0)
          expect(Math.abs(side - was[index]!), `${address} ${place} ${alt}: side ${index}, ${box} was ${was}`).toBeLessThanOrEqual(allowed)
        })
        drift += Math.abs(box[3]! - was[3]!)
      })
      seen += ours(after).length
    }
    expect(seen).toBeGreaterThan(60)
    await page.goto(addresses(name)[0]!)
    await settle()
    await page.screenshot({ path: join(shots, `${name}-front.png`), fullPage: true })
  })

  // Chromium fires no error for what an image chooses then, with or without WordPress's sizes="auto".
  test.each(name === 'wp71' ? ['500', 'garbage'] : ['500'])('a proxy that is ill (%s) when the window grows: every image is there', async (illness) => {
    activate(name)
    configure(name, rig.proxy.front)
    await page.setViewportSize({ width: 340, height: 900 })
    await page.goto(addresses(name)[0]!, { waitUntil: 'load' })
    const patience = { timeout: 30_000, interval: 500 }
    let before = 0
    await expect.poll(async () => {
      const { waiting, proxied } = await tour(rig.proxy.front)
      before = proxied
      return waiting
    }, patience).toBe(0)
    mood(name, illness)
    await page.setViewportSize({ width: 1280, height: 900 })
    await expect.poll(async () => {
      const { waiting, proxied } = await tour(rig.proxy.front)
      return waiting === 0 && proxied < before
    }, patience).toBe(true)
  })

  // Waiting is the same in all releases, and done in one.
  test.each(name === 'wp71' ? ['500', 'keys', 'slow'] : ['500'])('a proxy that is ill (%s): originals within this page view, and no proxy in the next', async (illness) => {
    activate(name)
    configure(name, rig.proxy.front)
    run(name, "delete_transient( 'gip4all_bound' );")
    mood(name, illness)
    const address = addresses(name)[0]!
    await page.goto(address, { waitUntil: 'domcontentloaded' })
    await page.waitForFunction(
      (endpoint) => {
        const images = [...document.images].filter((image) => (image.currentSrc || image.src).includes('/wp-content/uploads/') && image.getBoundingClientRect().top < innerHeight)
        return images.length > 0 && images.every((image) => image.complete && image.naturalWidth > 0 && !image.currentSrc.startsWith(endpoint))
      },
      rig.proxy.front,
      { timeout: 15_000 },
    )
    await expect.poll(async () => (await (await fetch(address)).text()).includes(rig.proxy.front), { timeout: 30_000, interval: 500 }).toBe(false)
  })
})

test('the settings page works by keyboard alone', async () => {
  const { url } = site(newest)
  deactivate(newest)
  activate(newest)
  await logIn(url)
  await page.goto(`${url}/wp-admin/options-general.php?page=gip4all`)
  await page.screenshot({ path: join(shots, `${newest}-settings-new.png`), fullPage: true })
  await type('Endpoint', rig.proxy.endpoint)
  await type('Key', rig.proxy.key)
  await type('Salt', rig.proxy.salt)
  await Promise.all([page.waitForURL(/settings-updated/), page.keyboard.press('Enter')])
  expect(await page.getAttribute('#gip4all-status', 'data-on')).toBe('1')
  expect(await page.content()).not.toContain(rig.proxy.key)
  expect(await page.content()).not.toContain(rig.proxy.salt)
  await page.screenshot({ path: join(shots, `${newest}-settings-on.png`), fullPage: true })
  await reach('Preview an image')
  await Promise.all([page.waitForSelector('#gip4all-preview'), page.keyboard.press('Enter')])
  await settle()
  await page.screenshot({ path: join(shots, `${newest}-settings-preview.png`), fullPage: true })
  await page.goto(`${url}/wp-admin/site-health.php`)
  await page.click('.site-health-view-passed')
  await page.click('text=Images go through the proxy')
  await page.screenshot({ path: join(shots, `${newest}-site-health.png`), fullPage: true })
})

/** What a worker makes of an image that only a script names: type and size, and whether it came through gip. */
async function loaded(path: string): Promise<{ readonly type: string; readonly worker: boolean }> {
  const [response] = await Promise.all([
    page.waitForResponse((answer: Response) => answer.url().includes(path)),
    page.evaluate((source) => new Promise((resolve, reject) => {
      const image = document.body.appendChild(new Image())
      image.onload = resolve
      image.onerror = () => reject(new Error(source))
      image.src = source
    }), path),
  ])
  return { type: response.headers()['content-type'] ?? '', worker: response.fromServiceWorker() }
}

/** Ends the workers, as a browser does soon after the last page was closed. They start again by themselves. */
async function comeBackLater(): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('ServiceWorker.enable')
  await devtools.send('ServiceWorker.stopAllWorkers')
  await devtools.detach()
}

/** How many workers the page's origin has. */
function workers(): Promise<number> {
  return page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)
}

test('the service worker leads what scripts load through gip, and goes with the option and with the plugin', async () => {
  const address = addresses(newest)[0]!
  const image = new URL(run(newest, "echo wp_get_attachment_url( " + site(newest).seeds['/']!.images['alpha'] + " );")).pathname
  for (const end of ['option', 'plugin']) {
    activate(newest)
    configure(newest, rig.proxy.endpoint, "'worker' => true")
    await page.goto(address, { waitUntil: 'load' })
    expect(await loaded(image + '?first-' + end)).toEqual({ type: 'image/png', worker: false })
    await expect.poll(workers, { timeout: 20_000 }).toBe(1)
    await page.evaluate(async () => { await navigator.serviceWorker.ready })
    // The second view; the worker may still be asking for its config.
    await expect.poll(async () => {
      await page.goto(address, { waitUntil: 'load' })
      return await loaded(image)
    }, { timeout: 60_000, interval: 500 }).toEqual({ type: expect.stringMatching(/^image\/(avif|webp)$/), worker: true })
    await page.screenshot({ path: join(shots, `${newest}-worker-${end}.png`) })

    if (end === 'option') configure(newest, rig.proxy.endpoint)
    else deactivate(newest)
    // It unregisters beside the page, which must not keep it busy with view after view.
    await expect.poll(async () => {
      await comeBackLater()
      await page.goto(address, { waitUntil: 'load' })
      // Images that a browser still has in memory do not wake a worker up; a new one does.
      await loaded(`${image}?wake=${Math.random()}`)
      await page.waitForFunction(async () => (await navigator.serviceWorker.getRegistrations()).length === 0, undefined, { timeout: 5000 }).catch(() => undefined)
      return workers()
    }, { timeout: 60_000 }).toBe(0)
    await page.goto(address, { waitUntil: 'load' })
    expect(await loaded(image + '?after-' + end)).toEqual({ type: 'image/png', worker: false })
  }
})

test('a cover with a fixed background looks the same with the plugin', async () => {
  const address = addresses(newest)[0]!
  const pictures: Buffer[] = []
  for (const prepare of [() => deactivate(newest), () => { activate(newest); configure(newest, rig.proxy.endpoint, "'format' => 'png'") }]) {
    prepare()
    await page.goto(address, { waitUntil: 'load' })
    await settle()
    const cover = page.locator('.wp-block-cover.has-parallax').first()
    await cover.scrollIntoViewIfNeeded()
    await page.waitForLoadState('networkidle')
    pictures.push(await page.screenshot({ path: join(shots, `${newest}-cover-${pictures.length}.png`) }))
  }
  expect(pictures[0]!.length).toBeGreaterThan(20_000)
  expect(await difference(pictures[0]!, pictures[1]!)).toBeLessThan(2)
})

/** The mean difference of two screenshots' pixels, of 255. */
function difference(one: Buffer, other: Buffer): Promise<number> {
  return page.evaluate(async (urls) => {
    const [left, right] = await Promise.all(urls.map(async (url) => {
      const bitmap = await createImageBitmap(await (await fetch(url)).blob())
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!
      canvas.drawImage(bitmap, 0, 0)
      return canvas.getImageData(0, 0, bitmap.width, bitmap.height).data
    }))
    return left!.reduce((sum, value, at) => sum + Math.abs(value - right![at]!), 0) / left!.length
  }, [one, other].map((picture) => `data:image/png;base64,${picture.toString('base64')}`))
}

async function logIn(url: string): Promise<void> {
  await page.goto(`${url}/wp-login.php`)
  await page.fill('#user_login', 'admin')
  await page.fill('#user_pass', 'admin')
  await page.keyboard.press('Enter')
  // The dashboard's own news and avatars may take their time.
  await page.waitForURL(/wp-admin/, { waitUntil: 'domcontentloaded' })
}

/** Goes on by Tab until a field or button of this name has the focus, as a reader of screens finds it. */
async function reach(name: string): Promise<void> {
  for (let step = 0; step < 200; step += 1) {
    await page.keyboard.press('Tab')
    const focus = await page.evaluate(() => {
      const at = document.activeElement
      return at instanceof HTMLInputElement ? (at.labels?.[0]?.textContent?.trim() ?? at.value) : at?.textContent?.trim()
    })
    if (focus === name) return
  }
  throw new Error(`no "${name}" by Tab`)
}

async function type(name: string, text: string): Promise<void> {
  await reach(name)
  await page.keyboard.type(text)
}
