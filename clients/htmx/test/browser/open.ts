import type { Driver } from '../../../../sw/test/browser/engines.ts'
import { until } from '../../../../sw/test/browser/stage.ts'
import { pageOf, plain, type Stage } from './stage.ts'

/** Runs in the page before anything of it: forgets what visitors chose, says when the config is there, and keeps gip's events. */
const OBSERVE = `<script>
localStorage.clear()
sessionStorage.clear()
events = []
said = []
for (const name of ['warn', 'error']) console[name] = (...all) => said.push(all.map(String).join(' '))
const { json } = Response.prototype
Response.prototype.json = async function () {
  const value = await json.call(this)
  setTimeout(() => (window.heard = true))
  return value
}
for (const name of ['gip:rewrite', 'gip:fallback', 'gip:error'])
  document.addEventListener(name, ({ target, detail }) => events.push([name, target.id || '', JSON.stringify(detail)].join(' ')), true)
</script>`

/** A page that is open. */
export interface Opened {
  /** Runs a function body in the page; addresses that it gives are as the test wrote them. */
  run(body: string): Promise<unknown>
  /** gip's events since the page was opened: name, id of the target, detail. */
  events(name?: string): Promise<readonly string[]>
  /** Clicks `#go`, and waits until there is what the selector finds. */
  go(selector: string): Promise<void>
  /** Waits until so many images are shown, and no other is there. */
  shown(count: number): Promise<void>
}

/** Opens a page that has htmx and gip, and waits until gip has its config. */
export async function open(driver: Driver, stage: Stage, version: number, body: string, query = ''): Promise<Opened> {
  stage.pages.set('/', pageOf(stage, version, body).replace('<head>', `<head>${OBSERVE}`))
  const run = async (body: string): Promise<unknown> => {
    const text = await driver.run(`const give = () => { ${body} }; return JSON.stringify(give())`)
    return typeof text === 'string' ? JSON.parse(plain(text)) : undefined
  }
  await driver.open(`${stage.origin}/${query}`)
  await until('the config is there', async () => (await run('return window.heard')) === true)
  return {
    run,
    events: async (name = 'gip:') => ((await run('return events')) as string[]).filter((event) => event.startsWith(name)),
    async go(selector) {
      await run(`document.querySelector('#go').click()`)
      await until(`there is ${selector}`, async () => (await run(`return Boolean(document.querySelector('${selector}'))`)) === true)
    },
    async shown(count) {
      const all = `[...document.images]`
      await until(`${count} images are shown`, async () => (await run(`return ${all}.length === ${count} && ${all}.every((image) => image.complete && image.naturalWidth > 0)`)) === true)
    },
  }
}
