import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build, type Alias, type Rollup } from 'vite'
import type { Data } from './app.tsx'

/** A site of one React page, in one version of React. */
export interface Pages {
  readonly origin: string
  data: Data | undefined
  /** The page's Content-Security-Policy. */
  policy: string
  stop(): Promise<void>
}

const clients = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '')

/**
 * Answers `/` with the app as a server renders it, `/empty` without, and `/client.js` with what
 * hydrates or renders it. Neither page has the script: tests decide when it comes.
 */
export async function startPages(version: number): Promise<Pages> {
  const client = await bundle(version, 'client')
  const { render } = new Function(`${await bundle(version, 'server')}; return page`)() as { render(data: Data): string }
  const server = createServer(({ url }, response) => {
    if (url === '/client.js') return void response.writeHead(200, { 'content-type': 'text/javascript' }).end(client)
    const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': pages.policy }
    response.writeHead(200, headers).end(html(pages.data!, url === '/empty' ? '' : render(pages.data!)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const pages: Pages = {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    data: undefined,
    policy: '',
    stop() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
  return pages
}

/** What React complains of, a mismatch first of all, is kept for the test. */
const html = (data: Data, body: string): string => `<!doctype html><meta charset="utf-8"><title>React</title><link rel="icon" href="data:,">
<script>said = []; console.error = (...texts) => said.push(texts.join(' '))</script>
<div id="root">${body}</div>
<script id="data" type="application/json">${JSON.stringify(data)}</script>`

/** One script, of the development build: that is the one that complains. */
async function bundle(version: number, entry: 'client' | 'server'): Promise<string> {
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
