import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createSSRApp } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { parseConfig, type Config } from '@gip4all/core'
import { GipImage, GipPicture, gip as plugin, vGip } from '@gip4all/vue'
import { STRICT } from '../../../../sw/test/browser/failures.ts'
import type { Stage } from '../../../../sw/test/browser/stage.ts'

const root = fileURLToPath(new URL('../../../..', import.meta.url))

/** The newest Vue, and the oldest that the package is for. */
const VERSIONS = { '3.5': 'vue', '3.3': 'vue33' } as const
type Version = keyof typeof VERSIONS

/** The photos of the page; each is shown in another way. */
export const SHOWN = ['/photos/1.png', '/photos/2.png', '/photos/4.png', '/photos/5.jpg']

/** How a page is to be. */
export interface PageOptions {
  /** Gives every photo an address that no cache has seen. */
  readonly query?: string
  /** Its policy forbids the backend's images. */
  readonly isBlocked?: boolean | undefined
  /** Its images have `crossorigin`. */
  readonly isShared?: boolean | undefined
}

/** A page in every way that the package shows images: eager, lazy, in a picture, by the directive. */
const TEMPLATE = `
  <GipImage src="/photos/1.png" alt="One" :width="900" :height="600" priority class="one" style="border-radius: 4px" v-on="on.one" />
  <GipPicture src="/photos/2.png" alt="Two" :width="900" :height="600" priority class="two" style="color: red" data-x="1"
    :sources="[{ media: '(max-width: 100px)', src: '/photos/3.png', width: 90, height: 60 }]" v-on="on.two" />
  <img v-gip="four" class="four" style="border: 0" v-on="on.four">
  <GipImage src="/photos/5.jpg" alt="Five" layout="fullWidth" :aspect-ratio="1.5" background="silver" v-slot="{ attributes }" v-on="on.five">
    <b><img v-bind="attributes"></b>
  </GipImage>`
const FOUR = { src: '/photos/4.png', alt: 'Four', width: 900, height: 600, priority: true } as const

/** The same in a browser, where every event is told. */
const SCRIPT = `
import { createApp, createSSRApp } from 'vue'
import { gip, GipImage, GipPicture, vGip } from '@gip4all/vue'
const names = ['load', 'error', 'fallback', 'gip:fallback']
const tell = (who) => Object.fromEntries(names.map((name) => [name, () => window.told.push(who + ' ' + name.replace('gip:', ''))]))
const on = { one: tell('one'), two: tell('two'), four: tell('four'), five: tell('five') }
const setup = () => ({ on, four: ${JSON.stringify(FOUR)} })
const root = { components: { GipImage, GipPicture }, directives: { gip: vGip }, setup, template: \`${TEMPLATE}\` }
const mount = (create) => void create(root).use(gip, window.config).mount('#app')
window.told = []
window.hydrate = () => mount(createSSRApp)
window.start = () => mount(createApp)
`

/** The template, or a script that has it, for one page. */
function adapt(source: string, { query = '', isShared }: PageOptions): string {
  const shared = isShared ? source.replace(/<(Gip\w+|img(?= v-gip))/g, '$& crossorigin') : source
  return shared.replace(/\/photos\/\d\.\w+/g, `$&${query}`)
}

/** As a server answers it: compiled for servers, as Vue's tools do. */
function render(config: Config, options: PageOptions): Promise<string> {
  const setup = () => ({ on: { one: {}, two: {}, four: {}, five: {} }, four: { ...FOUR, src: adapt(FOUR.src, options) } })
  const root = { components: { GipImage, GipPicture }, directives: { gip: vGip }, setup, template: adapt(TEMPLATE, options) }
  return renderToString(createSSRApp(root).use(plugin, config))
}

/** Gives the site its pages, for a version of Vue in the browser. */
export async function addPages({ site, gip }: Stage, version: Version, options: PageOptions = {}): Promise<void> {
  addScript('/vue.js', `${root}node_modules/${VERSIONS[version]}/dist/vue.esm-browser.js`)
  for (const name of ['core', 'vue']) addScripts(`/${name}`, `${root}clients/${name}/dist/esm`)
  site.files.set('/page.js', { type: 'text/javascript', body: adapt(SCRIPT, options) })

  const name = /site:"([^"]+)"/.exec(site.shim)?.[1]
  const answer = await fetch(`${gip.address.origin}/s/${name}/config.json`)
  const config: Config = { ...parseConfig(await answer.json())!, base: `${site.origin}/` }
  const headers: Record<string, string> = options.isBlocked ? { 'content-security-policy': STRICT } : {}
  site.files.set('/empty', { type: 'text/html', body: pageOf(config, ''), headers })
  site.files.set('/rendered', { type: 'text/html', body: pageOf(config, await render(config, options)), headers })

  function addScript(path: string, file: string): void {
    site.files.set(path, { type: 'text/javascript', body: readFileSync(file) })
  }
  function addScripts(path: string, folder: string): void {
    for (const file of readdirSync(folder).filter((each) => each.endsWith('.js'))) addScript(`${path}/${file}`, `${folder}/${file}`)
  }
}

/** What Vue warns of is kept: a mismatch is nothing else. */
function pageOf(config: Config, html: string): string {
  const imports = { vue: '/vue.js', '@gip4all/core': '/core/index.js', '@gip4all/core/failures': '/core/failures.js', '@gip4all/vue': '/vue/index.js' }
  return `<!doctype html><meta charset="utf-8"><title>Vue</title><link rel="icon" href="data:,">
<script>
  window.warned = []
  for (const name of ['warn', 'error']) console[name] = (...all) => window.warned.push(all.map(String).join(' '))
  window.config = ${JSON.stringify(config)}
</script>
<script type="importmap">${JSON.stringify({ imports })}</script>
<div id="app">${html}</div>
<script type="module" src="/page.js"></script>`
}
