import puppeteer, { type Browser, type CDPSession, type Page, type Target } from 'puppeteer-core'
import { countImages } from './bytes.ts'
import { conditions, type Link } from './links.ts'

/** What one view cost. */
export interface Cost {
  /** Bytes of images over the connection, headers included. */
  readonly bytes: number
  /** Largest contentful paint, in milliseconds. */
  readonly paint: number
}

/** A browser with a new profile, whose every connection is the link's, its worker's too. */
export interface Visitor {
  view(url: string): Promise<Cost>
  /** Forgets what the browser keeps, but not the worker. */
  emptyCache(): Promise<void>
  leave(): Promise<void>
}

/** `isPlain` makes the page one without gip: its tag is never answered. */
export async function startVisitor(link: Link, isPlain: boolean): Promise<Visitor> {
  const browser = await puppeteer.launch({ executablePath: '/usr/bin/chromium', headless: true, args: ['--no-sandbox'] })
  const images = countImages()
  const attach = async (session: CDPSession): Promise<void> => {
    images.listen(session)
    await session.send('Network.enable')
    await session.send('Network.emulateNetworkConditions', conditions(link))
  }
  const workers: Promise<void>[] = []
  browser.on('targetcreated', (target: Target) => {
    if (target.type() === 'service_worker') workers.push(target.createCDPSession().then(attach))
  })
  return {
    async view(url) {
      const page = await openPage(browser, link, isPlain, attach)
      images.reset()
      await page.goto(url, { waitUntil: 'networkidle0', timeout: 180_000 })
      if (!isPlain) await settle(page)
      await Promise.all(workers)
      const paint = await page.evaluate(() => (globalThis as unknown as { paint: number }).paint)
      const cost = { bytes: images.total(), paint }
      // Leaving the page first: a tab that is closed says nothing more to the worker.
      await page.goto('about:blank')
      await page.close()
      return cost
    },
    async emptyCache() {
      const page = await browser.newPage()
      await (await page.createCDPSession()).send('Network.clearBrowserCache')
      await page.close()
    },
    leave: () => browser.close(),
  }
}

async function openPage(browser: Browser, link: Link, isPlain: boolean, attach: (session: CDPSession) => Promise<void>): Promise<Page> {
  const page = await browser.newPage()
  await page.setViewport({ width: link.width, height: link.height, deviceScaleFactor: link.density })
  const session = await page.createCDPSession()
  await attach(session)
  if (isPlain) await block(session, '*/gip.js')
  await page.evaluateOnNewDocument(watchPaint)
  return page
}

async function block(session: CDPSession, urlPattern: string): Promise<void> {
  session.on('Fetch.requestPaused', ({ requestId }) => void session.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' }))
  await session.send('Fetch.enable', { patterns: [{ urlPattern }] })
}

/** Runs in the page, before its own scripts. */
function watchPaint(): void {
  const window = globalThis as unknown as { paint: number }
  window.paint = 0
  new PerformanceObserver((list) => {
    for (const { startTime } of list.getEntries()) window.paint = startTime
  }).observe({ type: 'largest-contentful-paint', buffered: true })
}

/** Until the worker, where the page has one, is in charge and knows the page's boxes. */
async function settle(page: Page): Promise<void> {
  const hasTag = await page.evaluate(() => document.querySelector('script[src$="/gip.js"]') !== null)
  if (hasTag) await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await page.waitForNetworkIdle({ idleTime: 1000 })
}
