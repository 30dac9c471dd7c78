import { createServer, request as ask, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * What stands between browsers and the backend, and can fail in every way.
 * - `pass`: as the backend answers.
 * - `down`: nothing listens.
 * - `error`, `page`, `hang`: everything answers 500, a web page, or never.
 * - `denied`: images answer 403, as for a token that was revoked.
 * - `slow`: images never answer, the rest is well.
 * - `cut`: images end in the middle. `garbage`: they are no images, and say that they are.
 * - `unshared`: images lack the header by which another site may read them.
 */
export type Mood = 'pass' | 'down' | 'error' | 'page' | 'hang' | 'denied' | 'slow' | 'cut' | 'garbage' | 'unshared'

export interface Proxy {
  readonly origin: string
  /** Image addresses that browsers asked for, and what they got. */
  readonly images: { readonly path: string; readonly type: string; readonly size: number }[]
  become(mood: Mood): Promise<void>
  /** Changes what config.json says, as if the owner had; undefined leaves it as it is. */
  configMode: string | undefined
  target: URL | undefined
  stop(): Promise<void>
}

export async function startProxy(): Promise<Proxy> {
  let mood: Mood = 'pass'
  const server = createServer((request, response) => void handle(proxy, mood, request, response))
  await listen(server, 0)
  const { port } = server.address() as AddressInfo
  const proxy: Proxy = {
    origin: `http://127.0.0.1:${port}`,
    images: [],
    configMode: undefined,
    target: undefined,
    async become(next) {
      if (next === mood) return
      if (next === 'down') await close(server)
      if (mood === 'down') await listen(server, port)
      mood = next
    },
    stop: () => (mood === 'down' ? Promise.resolve() : close(server)),
  }
  return proxy
}

async function handle(proxy: Proxy, mood: Mood, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url ?? '/'
  const isImage = path.includes('/f:auto/')
  if (isImage && mood !== 'pass') proxy.images.push({ path, type: mood, size: 0 })
  const cors = { 'access-control-allow-origin': '*' }
  if (mood === 'hang' || (mood === 'slow' && isImage)) return
  if (mood === 'error') return void response.writeHead(500, cors).end('broken')
  if (mood === 'page') return void response.writeHead(200, { ...cors, 'content-type': 'text/html' }).end('<h1>Hotel Wi-Fi</h1>')
  if (mood === 'denied' && isImage) return void response.writeHead(403, cors).end('denied')
  if (mood === 'garbage' && isImage) return void response.writeHead(200, { ...cors, 'content-type': 'image/avif' }).end('garbage')
  const { status, headers, body } = await forward(proxy, request)
  if (mood === 'cut' && isImage) {
    response.writeHead(status, headers).write(body.subarray(0, body.length / 2))
    return void setTimeout(() => response.destroy(), 20)
  }
  if (isImage && mood === 'pass') proxy.images.push({ path, type: String(headers['content-type']), size: body.length })
  if (mood === 'unshared' && isImage) delete headers['access-control-allow-origin']
  const text = path.endsWith('/config.json') && status === 200 && proxy.configMode ? setMode(body, proxy.configMode) : body
  response.writeHead(status, { ...headers, 'content-length': text.length }).end(text)
}

function setMode(body: Buffer, mode: string): Buffer {
  return Buffer.from(JSON.stringify({ ...JSON.parse(body.toString()), mode }))
}

interface Answer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

/** Sends the path as it came: an URL parser would change it. */
function forward({ target }: Proxy, request: IncomingMessage): Promise<Answer> {
  const { url, method, headers } = request
  return new Promise((resolve) => {
    const gone = { status: 502, headers: { 'access-control-allow-origin': '*' }, body: Buffer.from('gone') }
    const unconditional = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'if-none-match'))
    const where = { host: target?.hostname, port: target?.port }
    const outgoing = ask({ ...where, path: url, method, headers: unconditional }, (answer) => {
      const pieces: Buffer[] = []
      answer.on('data', (piece: Buffer) => pieces.push(piece))
      const { 'transfer-encoding': _, ...headers } = answer.headers
      answer.on('end', () => resolve({ status: answer.statusCode ?? 502, headers, body: Buffer.concat(pieces) }))
      answer.on('error', () => resolve(gone))
    })
    outgoing.on('error', () => resolve(gone))
    request.pipe(outgoing)
  })
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function close(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}
