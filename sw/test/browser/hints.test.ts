import { readFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { engines, type Session } from './engines.ts'
import { until } from './stage.ts'

/** The line that a README tells authors to put into their pages. */
const lineOf = (readme: string): string => /<meta http-equiv="Delegate-CH"[^>]*>/.exec(readFileSync(new URL(`../../../${readme}`, import.meta.url), 'utf8'))![0]

const READMES = ['README.md', 'clients/vanilla/README.md']

/** One server by two names: the page's origin, and that of its endpoint. */
let server: Server
let port: number
let html = ''
const heard = new Map<string, IncomingHttpHeaders>()

beforeAll(async () => {
  server = createServer(({ url, headers }, response) => {
    if (url?.startsWith('/image')) {
      heard.set(headers.host!.split(':')[0]!, headers)
      return void response.writeHead(200, { 'content-type': 'image/svg+xml', 'cache-control': 'no-store' }).end('<svg xmlns="http://www.w3.org/2000/svg"/>')
    }
    response.writeHead(200, { 'content-type': 'text/html' }).end(html)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

describe.each(engines)('$name', ({ name, start }) => {
  let session: Session

  beforeAll(async () => {
    session = await start()
  })
  afterAll(() => session?.stop())

  /** Opens a page of such a head, and gives what an image that comes later told its server. */
  async function hintsAt(host: 'localhost' | '127.0.0.1', head: string): Promise<Record<string, boolean>> {
    html = `<!doctype html><title>Hints</title>${head}<body>`
    heard.clear()
    await session.driver.open(`http://localhost:${port}/`)
    await session.driver.run(`document.body.append(Object.assign(new Image(), { sizes: '300px', srcset: 'http://${host}:${port}/image 400w' }))`)
    const headers = await until('the image was asked for', async () => heard.get(host))
    return { dpr: 'sec-ch-dpr' in headers, width: 'sec-ch-width' in headers }
  }
  const line = (readme: string): string => lineOf(readme).replace(/https:\/\/img\.example(\.com)?/g, `http://127.0.0.1:${port}`)
  const byScript = (tag: string): string => `<script>document.head.append(document.createRange().createContextualFragment('${tag}'))</script>`
  const accept = '<meta http-equiv="Accept-CH" content="Sec-CH-DPR, Sec-CH-Width">'

  const sent = { dpr: name === 'Chromium', width: name === 'Chromium' }
  const none = { dpr: false, width: false }

  test.each(READMES)('the line of %s brings hints to the endpoint', async (readme) => {
    expect(await hintsAt('127.0.0.1', line(readme))).toEqual(sent)
  })

  test('the same line does nothing when a script adds it', async () => {
    expect(await hintsAt('127.0.0.1', byScript(line('README.md')) + byScript(accept))).toEqual(none)
  })

  test("a script can ask for hints to the page's own origin", async () => {
    expect(await hintsAt('localhost', byScript(accept))).toEqual(sent)
  })
})
