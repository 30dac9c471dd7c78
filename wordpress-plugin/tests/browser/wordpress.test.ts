import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { activate, configure, deactivate, mood, rig, run, shots, site } from './rig.ts'

const RELEASES = ['wp61', 'wp68', 'wp71']
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
  mood('well')
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

function addresses(name: string): readonly string[] {
  const { url, seeds } = site(name)
  const paths = Object.values(seeds['/']!.pages)
  return [...paths, ...paths.map((path) => `${path}?rig_theme=gip4all-classic`)].map((path) => url + path)
}

describe.each(RELEASES)('%s', (name) => {
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
      after.forEach(({ alt, box }, place) => {
        box.forEach((side, index) => {
          expect(Math.abs(side - before.get(address)![place]!.box[index]!), `${address} ${place} ${alt}: side ${index}, ${box} was ${before.get(address)![place]!.box}`).toBeLessThanOrEqual(ROUNDING)
        })
      })
      seen += ours(after).length
    }
    expect(seen).toBeGreaterThan(60)
    await page.goto(addresses(name)[0]!)
    await settle()
    await page.screenshot({ path: join(shots, `${name}-front.png`), fullPage: true })
  })

  test.each(['500', 'slow'])('a proxy that is ill (%s): originals within this page view, and no proxy in the next', async (illness) => {
    activate(name)
    configure(name, rig.proxy.front)
    run(name, "delete_transient( 'gip4all_bound' );")
    mood(illness)
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
    mood('well')
  })
})

test('the settings page works by keyboard alone', async () => {
  const { url } = site('wp71')
  deactivate('wp71')
  activate('wp71')
  await page.goto(`${url}/wp-login.php`)
  await page.fill('#user_login', 'admin')
  await page.fill('#user_pass', 'admin')
  await page.keyboard.press('Enter')
  await page.waitForURL(/wp-admin/)
  await page.goto(`${url}/wp-admin/options-general.php?page=gip4all`)
  await page.screenshot({ path: join(shots, 'settings-new.png'), fullPage: true })
  await type('Endpoint', rig.proxy.endpoint)
  await type('Key', rig.proxy.key)
  await type('Salt', rig.proxy.salt)
  await Promise.all([page.waitForURL(/settings-updated/), page.keyboard.press('Enter')])
  expect(await page.getAttribute('#gip4all-status', 'data-on')).toBe('1')
  expect(await page.content()).not.toContain(rig.proxy.key)
  expect(await page.content()).not.toContain(rig.proxy.salt)
  await page.screenshot({ path: join(shots, 'settings-on.png'), fullPage: true })
  await reach('Preview an image')
  await Promise.all([page.waitForSelector('#gip4all-preview'), page.keyboard.press('Enter')])
  await settle()
  await page.screenshot({ path: join(shots, 'settings-preview.png'), fullPage: true })
  await page.goto(`${url}/wp-admin/site-health.php`)
  await page.waitForTimeout(3000)
  await page.screenshot({ path: join(shots, 'site-health.png'), fullPage: true })
})

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
