import type { Browser, Page } from 'playwright-core'
import { until } from '../../../../sw/test/browser/stage.ts'
import { pageOf, type Stage } from './stage.ts'

/** Runs in the page before anything of it: says when the config is there, and keeps gip's events. */
function observe(): void {
  const seen = window as unknown as { heard: boolean; events: string[] }
  seen.events = []
  const json = Response.prototype.json
  Response.prototype.json = async function (this: Response) {
    const value: unknown = await json.call(this)
    setTimeout(() => (seen.heard = true))
    return value
  }
  for (const name of ['gip:rewrite', 'gip:fallback', 'gip:error']) {
    document.addEventListener(name, (event) => void seen.events.push(`${name} ${(event.target as Element).id ?? ''} ${JSON.stringify((event as CustomEvent).detail)}`), true)
  }
}
export interface Opened {
  readonly page: Page
  /** gip's events since the page was opened: name, id of the target, detail. */
  events(name?: string): Promise<readonly string[]>
  /** Clicks `#go`, and waits until there is what the selector finds. */
  go(selector: string): Promise<void>
  /** Waits until so many images are shown. */
  shown(count: number, scope?: string): Promise<void>
}

/** Opens a page that has htmx and gip, and waits until gip has its config. */
export async function open(browser: Browser, stage: Stage, version: number, body: string, { query = '', attributes = '', config = true } = {}): Promise<Opened> {
  stage.pages.set('/', pageOf(stage, version, body, attributes))
  const page = await browser.newPage({ viewport: { width: 1000, height: 700 } })
  await page.addInitScript(observe)
  await page.goto(`${stage.origin}/${query}`)
  if (config) await until('the config is there', () => page.evaluate(() => (window as unknown as { heard?: boolean }).heard))
  return {
    page,
    events: async (name = 'gip:') => (await page.evaluate(() => (window as unknown as { events: string[] }).events)).filter((event) => event.startsWith(name)),
    async go(selector) {
      await page.click('#go')
      await page.waitForSelector(selector, { state: 'attached' })
    },
    async shown(count, scope = 'body') {
      await until(`${count} images are shown`, () =>
        page.$$eval(`${scope} img`, (images, count) => images.length === count && images.every((image) => (image as HTMLImageElement).complete && (image as HTMLImageElement).naturalWidth > 0), count),
      )
    },
  }
}
