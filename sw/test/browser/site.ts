import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Photo {
  readonly type: string
  readonly body: Buffer
}

/** An ordinary site: it knows gip only by the tag in its page and the shim at its root. */
export interface Site {
  readonly origin: string
  /** Paths of images that were asked for, as they came over the wire. */
  readonly asked: string[]
  /** Those of them that a browser asked for, not the backend. */
  readonly seen: string[]
  tag: string
  shim: string
  /** More that it serves, by path: pages and scripts of one test. */
  readonly files: Map<string, File>
  stop(): Promise<void>
}

/** Something that a test adds to the site. */
export interface File {
  readonly type: string
  readonly body: string | Buffer
  readonly headers?: Readonly<Record<string, string>>
  /** Only who brings this cookie gets it. */
  readonly cookie?: string
}

/** A photo whose address has everything that an address can have. */
export const ODD = "/photos/1.png?a=%C3%BC%20&b=/../x/y&c=(1)!'@2x?"

/** A worker that the site had before: it answers one address by itself. */
const OWN_WORKER = `self.addEventListener('fetch', (event) => {
  if (new URL(event.request.url).pathname === '/own.txt') event.respondWith(new Response('the site itself'))
})`

const LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30"/></svg>'

export async function startSite(photos: ReadonlyMap<string, Photo>): Promise<Site> {
  const asked: string[] = []
  const server = createServer((request, response) => answer(site, photos, request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const site: Site = {
    // Not 127.0.0.1: the backend's address must be another site's.
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    asked,
    seen: [],
    tag: '',
    shim: '',
    files: new Map(),
    stop() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
  return site
}

function answer(site: Site, photos: ReadonlyMap<string, Photo>, request: IncomingMessage, response: ServerResponse): void {
  const url = request.url ?? '/'
  const path = url.replace(/\?.*/, '')
  const photo = photos.get(path)
  const isBrowser = request.headers['user-agent']?.startsWith('Mozilla')
  const file = site.files.get(path)
  function send(type: string, body: string | Buffer): void {
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache', 'content-length': Buffer.byteLength(body) }).end(body)
  }
  if (isBrowser && (photo || file?.type.startsWith('image/'))) site.seen.push(url)
  if (file?.cookie && !request.headers.cookie?.includes(file.cookie)) response.writeHead(403).end('not yours')
  else if (file) {
    if (file.type.startsWith('image/')) site.asked.push(url)
    response.writeHead(200, { 'content-type': file.type, 'cache-control': 'no-cache', ...file.headers }).end(file.body)
  } else if (photo) {
    site.asked.push(url)
    send(photo.type, photo.body)
  } else if (path === '/') send('text/html; charset=utf-8', page(site.tag, photos, new URL(url, site.origin).searchParams))
  else if (path === '/gip-sw.js') send('text/javascript', site.shim)
  else if (path === '/foreign.js') send('text/javascript', 'self.addEventListener("fetch", () => {})')
  else if (path === '/guest.js') send('text/javascript', `${OWN_WORKER}\n${site.shim.replace('}', ',module:true}')}`)
  else if (path === '/logo.svg') send('image/svg+xml', LOGO)
  else response.writeHead(404).end()
}

/** Every way to write a photo that is chosen by its address. */
const MARKUP: readonly ((src: string) => string)[] = [
  (src) => `<img class="photo" src="${src}">`,
  (src) => `<img class="photo" src="/none.png" srcset="${src} 1x">`,
  (src) => `<picture><source srcset="${src}"><img class="photo" src="/none.png"></picture>`,
]

/** The query `v` gives every photo an address that no cache has seen. */
function page(tag: string, photos: ReadonlyMap<string, Photo>, query: URLSearchParams): string {
  const version = query.get('v')
  const addresses = [...photos.keys(), ODD].map((path) => (version ? addQuery(path, `v=${version}`) : path))
  const images = addresses.map((src, index) => MARKUP[index % MARKUP.length]!(src))
  return `<!doctype html><meta charset="utf-8"><title>A site</title>
${query.has('untagged') ? '' : tag}
<h1>Photos</h1>
${images.join('\n')}
<img src="/logo.svg">`
}

function addQuery(path: string, query: string): string {
  return path + (path.includes('?') ? '&' : '?') + query
}
