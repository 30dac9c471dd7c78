import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Driver } from './engines.ts'
import { until, type Stage } from './stage.ts'

/** The head snippet as it is bundled. */
export const HEAD = readFileSync(fileURLToPath(new URL('../../../clients/vanilla/dist/head.js', import.meta.url)), 'utf8')

export interface PageOptions {
  readonly body: string
  /** With the head snippet. */
  readonly head?: boolean
  /** Without the client: its tag never arrives. */
  readonly lost?: boolean
  readonly headers?: Readonly<Record<string, string>>
}

/** Serves a page that has the client, and remembers what became of its images. */
export function servePage({ site }: Stage, path: string, { body, head, lost, headers = {} }: PageOptions): void {
  const tag = site.tag.replace('gip.js', lost ? 'nowhere.js' : 'gip-full.js')
  const html = `<!doctype html><meta charset="utf-8"><title>A page</title>
<style>.gap { height: 20000px } .box { display: block; width: 300px; height: 200px }</style>
<script>fallbacks = []; errors = []
addEventListener('gip:ready', () => window.ready = true)
addEventListener('gip:fallback', ({ target }) => fallbacks.push(target.closest('[id]').id))</script>
${head ? `<script>${HEAD}</script>` : ''}${tag}
${body}`
  site.files.set(path, { type: 'text/html; charset=utf-8', body: html, headers })
}

/** Opens the page and waits until the client is at work. */
export async function openReady(driver: Driver, stage: Stage, path: string): Promise<void> {
  await driver.open(stage.site.origin + path)
  await until('the client is ready', async () => (await driver.run('return window.ready === true')) === true)
}

const BROKEN_OR_WAITING = `return [...document.images].filter((image) => !(image.complete && image.naturalWidth)).map(({ id, parentElement }) => id || parentElement.id).join(' ')`

/** Scrolls through the page, and waits until every image shows. */
export async function seeAll(driver: Driver): Promise<void> {
  const ids = String(await driver.run(`return [...document.querySelectorAll('img,[data-background],.cover')].map((element) => (element.closest('[id]')).id).join(' ')`)).split(' ')
  for (const id of ids) {
    await driver.run(`document.getElementById('${id}').scrollIntoView({ block: 'center', behavior: 'instant' })`)
    await until(`${id} was seen`, async () => {
      const waiting = String(await driver.run(BROKEN_OR_WAITING)).split(' ')
      return !waiting.includes(id)
    })
  }
  await until('every image shows', async () => (await driver.run(BROKEN_OR_WAITING)) === '')
}

/** How often each source was downloaded, by the `n` of its address: from the site, and by way of the backend. */
export function downloads({ site, proxy }: Stage): Record<string, string> {
  const found: Record<string, string[]> = {}
  const note = (address: string, from: string) => (found[/n(?:=|%3D)(\w+)/i.exec(address)?.[1] ?? address] ??= []).push(from)
  for (const path of site.seen) note(path, 'site')
  for (const { path } of proxy.images) note(path, 'gip')
  return Object.fromEntries(Object.entries(found).map(([name, from]) => [name, from.join('+')]))
}
