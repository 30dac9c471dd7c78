import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { engines, type Session } from './engines.ts'
import { createStage, until, type Stage } from './stage.ts'
import { diagnose, install, openWhole } from './worker.ts'

/** A page with one photo, and what becomes of the photo. */
interface Case {
  readonly name: string
  readonly headers?: (endpoint: string) => Record<string, string>
  readonly image?: string
  /** Works: through the worker. Left alone: the original, for this reason. */
  readonly want: 'works' | 'credentials' | 'refused'
}

const CASES: readonly Case[] = [
  { name: 'img-src', headers: () => ({ 'content-security-policy': "img-src 'self'" }), want: 'works' },
  { name: 'connect-src', headers: () => ({ 'content-security-policy': "connect-src 'self'" }), want: 'works' },
  {
    name: 'strict',
    headers: (endpoint) => ({ 'content-security-policy': `default-src 'self'; script-src 'nonce-abc'; style-src 'self'; connect-src 'self' ${endpoint}` }),
    want: 'works',
  },
  { name: 'coep', headers: () => ({ 'cross-origin-embedder-policy': 'require-corp' }), want: 'works' },
  { name: 'isolated', headers: () => ({ 'cross-origin-embedder-policy': 'require-corp', 'cross-origin-opener-policy': 'same-origin' }), want: 'works' },
  { name: 'anonymous', image: '<img crossorigin src="/photos/1.png?anonymous">', want: 'works' },
  { name: 'with-credentials', image: '<img crossorigin="use-credentials" src="/photos/1.png?with-credentials">', want: 'credentials' },
  { name: 'cookie', image: '<img src="/photos/secret.png?cookie">', want: 'refused' },
]

let stage: Stage

beforeAll(async () => {
  stage = await createStage()
  const { site, proxy, originals } = stage
  const photo = originals.get('/photos/1.png')!
  site.files.set('/photos/secret.png', { ...photo, cookie: 'login=1' })
  for (const { name, headers, image = `<img src="/photos/1.png?${name}">` } of CASES) {
    const tag = site.tag.replace('<script', '<script nonce="abc"')
    const body = `<!doctype html><meta charset="utf-8">${tag}${image}`
    site.files.set(`/${name}`, { type: 'text/html', body, headers: { 'set-cookie': 'login=1', ...headers?.(proxy.origin) } })
  }
})

afterAll(() => stage?.stop())

describe.each(engines)('$name', ({ start }) => {
  let session: Session

  beforeAll(async () => {
    await stage.reset()
    session = await start()
    await install(session.driver, `${stage.site.origin}/`)
  })

  afterAll(() => session?.stop())

  test.each(CASES)('$name: $want', async ({ name, image, want }) => {
    const { driver } = session
    const source = /src="([^"]+)"/.exec(image ?? '')?.[1] ?? `/photos/1.png?${name}`
    await until('the worker has dealt with it', async () => {
      await openWhole(driver, `${stage.site.origin}/${name}`)
      const entry = (await diagnose(driver)).images[source]
      // A slow machine may be late once.
      return entry && entry.reason !== 'late' && entry
    })
    const entry = (await diagnose(driver)).images[source]
    expect(entry?.reason ?? 'works').toBe(want)
    expect(await driver.run(READ), 'the photo shows, and a script may read it').toBe('900 clean')
  })
})

const READ = `
  const [image] = document.images
  const canvas = document.createElement('canvas').getContext('2d')
  canvas.drawImage(image, 0, 0)
  try { canvas.getImageData(0, 0, 1, 1) } catch { return image.naturalWidth + ' tainted' }
  return image.naturalWidth + ' clean'`

test.each(engines)('$name: a policy of the worker itself that keeps it from the backend costs no image', async ({ start }) => {
  const { site, originals } = stage
  site.files.set('/gip-sw.js', { type: 'text/javascript', body: site.shim, headers: { 'content-security-policy': "connect-src 'self'" } })
  const session = await start()
  try {
    await install(session.driver, `${site.origin}/`)
    await openWhole(session.driver, `${site.origin}/?v=9`)
    const { images } = await diagnose(session.driver)
    expect(Object.values(images).filter(({ delivered }) => delivered)).toEqual([])
    expect(Object.keys(images).length).toBeGreaterThanOrEqual(originals.size)
  } finally {
    site.files.delete('/gip-sw.js')
    await session.stop()
  }
})
