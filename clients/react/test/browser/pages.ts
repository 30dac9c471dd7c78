import { parseConfig } from '@gip4all/core'
import { fileURLToPath } from 'node:url'
import { build, type Alias, type Rollup } from 'vite'
import { STRICT } from '../../../../sw/test/browser/failures.ts'
import type { Stage } from '../../../../sw/test/browser/stage.ts'
import type { Data } from './app.tsx'

/** The page in one version of React: what hydrates or renders it in a browser, and what a server renders. */
export interface Bundle {
  readonly client: string
  render(data: Data): string
}

/** How a page is to be. */
export interface PageOptions {
  /** Gives the photos addresses that no cache has seen. */
  readonly query?: string
  /** Its policy forbids the backend's images. */
  readonly isBlocked?: boolean | undefined
  /** Its images have `crossorigin`. */
  readonly isShared?: boolean | undefined
}

const clients = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '')

/**
 * Gives the site `/rendered`, the app as a server renders it, `/empty` without, and `/client.js` with
 * what hydrates or renders it. Neither page has the script: tests decide when it comes.
 */
export async function addPages({ site, gip }: Stage, { client, render }: Bundle, { query = '', isBlocked, isShared }: PageOptions): Promise<Data> {
  const name = /site:"([^"]+)"/.exec(site.shim)![1]
  const config = parseConfig(await (await fetch(`${gip.address.origin}/s/${name}/config.json`)).json())!
  const photo = (seed: number): string => `${site.origin}/photos/${seed}.png${query}`
  const data: Data = { config, photos: [photo(1), photo(2), photo(3), photo(4)], ...(isShared && { crossOrigin: 'anonymous' }) }
  const headers: Record<string, string> = isBlocked ? { 'content-security-policy': STRICT } : {}
  const page = (body: string) => ({ type: 'text/html; charset=utf-8', body: html(data, body), headers })
  site.files.set('/rendered', page(render(data))).set('/empty', page(''))
  site.files.set('/client.js', { type: 'text/javascript', body: client })
  return data
}

/** What React complains of, a mismatch first of all, is kept for the test. */
const html = (data: Data, body: string): string => `<!doctype html><meta charset="utf-8"><title>React</title><link rel="icon" href="data:,">
<script>said = []; for (const name of ['warn', 'error']) console[name] = (...texts) => said.push(texts.join(' '))</script>
<div id="root">${body}</div>
<script id="data" type="application/json">${JSON.stringify(data)}</script>`

/** Of the development build: that is the one that complains. */
export async function bundle(version: number): Promise<Bundle> {
  const { render } = new Function(`${await bundleOf(version, 'server')}; return page`)() as Pick<Bundle, 'render'>
  return { render, client: await bundleOf(version, 'client') }
}

/** One script. */
async function bundleOf(version: number, entry: 'client' | 'server'): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: 'error',
    mode: 'development',
    define: { 'process.env.NODE_ENV': '"development"' },
    resolve: { alias: [...packages(), ...react(version)] },
    build: {
      write: false,
      minify: false,
      lib: { entry: `${clients}/react/test/browser/${entry}.tsx`, formats: ['iife'], name: 'page', fileName: entry },
    },
  })
  return (output as Rollup.RollupOutput[])[0]!.output[0].code
}

function packages(): Alias[] {
  return [
    { find: /^@gip4all\/([a-z]+)$/, replacement: `${clients}/$1/src/index.ts` },
    { find: /^@gip4all\/([a-z]+)\/([a-z]+)$/, replacement: `${clients}/$1/src/$2.ts` },
  ]
}

function react(version: number): Alias[] {
  const server = { find: /^react-dom\/server$/, replacement: 'react-dom/server.browser' }
  if (version === 19) return [server]
  const folder = `${clients}/testing/react${version}/node_modules`
  return [
    ...(version === 17 ? [{ find: /^react-dom\/client$/, replacement: `${clients}/react/test/browser/client17.ts` }] : []),
    { find: /^react-dom\/server$/, replacement: `${folder}/react-dom/server.browser` },
    { find: /^(react(-dom)?)(?=$|\/)/, replacement: `${folder}/$1` },
  ]
}
