import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { serve, sign } from '../../../../sw/test/browser/gip.ts'
import { makePhoto } from '../../../../sw/test/browser/photos.ts'
import { startProxy, type Proxy } from '../../../../sw/test/browser/proxy.ts'

/** A site that answers htmx, a backend, and what stands between them. */
export interface Stage {
  readonly origin: string
  readonly proxy: Proxy
  /** NAME.TOKEN */
  readonly name: string
  /** Images that browsers asked the site for, as `pages` has them; what the backend fetches does not count. */
  readonly asked: string[]
  /** What was sent with the last request for each path. */
  readonly headers: Map<string, IncomingHttpHeaders>
  /** HTML by path. Each view has its photos at addresses that no cache has seen: `/photos/1.png` is served as `/photos/1-7.png`. */
  readonly pages: Map<string, string>
  /** Tells a view's photos from those of the others. */
  view: number
  /** Headers of the pages. */
  policy: string | undefined
  reset(): Promise<void>
  stop(): Promise<void>
}

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const scripts = new Map([
  ['/htmx2.js', readFileSync(`${root}node_modules/htmx.org/dist/htmx.js`)],
  ['/htmx4.js', readFileSync(`${root}node_modules/htmx4/dist/htmx.js`)],
  ['/sse2.js', readFileSync(`${root}node_modules/htmx-ext-sse/dist/sse.js`)],
  ['/sse4.js', readFileSync(`${root}node_modules/htmx4/dist/ext/hx-sse.js`)],
  ['/ws2.js', readFileSync(`${root}node_modules/htmx-ext-ws/dist/ws.js`)],
  ['/ws4.js', readFileSync(`${root}node_modules/htmx4/dist/ext/hx-ws.js`)],
  ['/history4.js', readFileSync(`${root}node_modules/htmx4/dist/ext/hx-history-cache.js`)],
  ['/gip-htmx.js', readFileSync(`${root}clients/htmx/dist/gip-htmx.js`)],
])

export async function createStage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'gip-htmx-'))
  const photos = new Map([1, 2, 3, 4, 5, 6].map((seed) => [String(seed), makePhoto(300, 200, seed)]))
  const server = createServer((request, response) => answer(stage, photos, request, response))
  const sockets = new Set<Duplex>()
  server.on('upgrade', (request, socket) => {
    sockets.add(socket)
    speak(socket, request, stage.pages.get('/events') ?? '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`
  const proxy = await startProxy()
  const settings = { folder, publicURL: proxy.origin, sources: [`${origin}/photos/`], presets: { card: 'rs:fill:120:80' } }
  const gip = await serve(settings)
  proxy.target = gip.address
  const stage: Stage = {
    origin,
    proxy,
    name: /data-site="([^"]+)"/.exec(sign(settings, '--tag'))![1]!,
    asked: [],
    headers: new Map(),
    pages: new Map(),
    view: 0,
    policy: undefined,
    async reset() {
      await proxy.become('pass')
      proxy.configMode = undefined
      proxy.images.length = 0
      stage.asked.length = 0
      stage.pages.clear()
      stage.headers.clear()
      stage.policy = undefined
      stage.view++
    },
    async stop() {
      server.closeAllConnections()
      for (const socket of sockets) socket.destroy()
      await Promise.all([gip.stop(), proxy.stop(), new Promise((resolve) => server.close(resolve))])
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return stage
}

/** The addresses of a page or an event, as a test wrote them. */
export const plain = (text: string): string => text.replace(/\/(\d)-\d+\.png/g, '/$1.png')

/** `/photos/1.png`, `/photos/1-anything.png`: addresses of one photo. */
function answer(stage: Stage, photos: ReadonlyMap<string, Buffer>, request: IncomingMessage, response: ServerResponse): void {
  const path = (request.url ?? '/').replace(/\?.*/, '')
  stage.headers.set(path, request.headers)
  const send = (type: string, body: string | Buffer, more = {}): void =>
    void response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store', ...more }).end(body)
  if (request.headers['sec-fetch-dest'] === 'image' && path !== '/favicon.ico') stage.asked.push(plain(request.url!))
  const photo = photos.get(/^\/photos\/(\d)[^/]*\.png$/.exec(path)?.[1] ?? '')
  const page = stage.pages.get(path)?.replace(/\/(\d)\.png/g, `/$1-${stage.view}.png`)
  const script = scripts.get(path)
  if (photo) send('image/png', photo)
  else if (script) send('text/javascript', script)
  else if (path === '/events') send('text/event-stream', `data: ${page}\n\n`)
  else if (page !== undefined) send('text/html; charset=utf-8', page, stage.policy ? { 'content-security-policy': stage.policy } : {})
  else response.writeHead(404).end()
}

/** Opens a WebSocket, and says one thing (RFC 6455). */
function speak(socket: Duplex, { headers }: IncomingMessage, text: string): void {
  const accept = createHash('sha1').update(`${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`)
  const payload = Buffer.from(text)
  const length = Buffer.alloc(2)
  length.writeUInt16BE(payload.length)
  socket.write(Buffer.concat([Buffer.of(0x81, 126), length, payload]))
  // Browsers that go away do so without a word.
  socket.on('error', () => socket.destroy())
}

/** A page that has htmx and gip, around what a test puts into it. */
export function pageOf({ proxy, name }: Stage, version: number, body: string, attributes = ''): string {
  return `<!doctype html><html><head><meta charset="utf-8"><title>A site</title>
<script src="/htmx${version}.js"></script>
<script src="/gip-htmx.js" data-endpoint="${proxy.origin}" data-site="${name}"></script>
</head><body hx-ext="gip" ${attributes}>${body}</body></html>`
}
