import { mkdtempSync, rmSync, writeFileSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rewrite } from '../../../clients/core/src/rewrite.ts'
import { convert, serve, sign, type Gip } from './gip.ts'
import { makePhoto } from './photos.ts'
import { startProxy, type Proxy } from './proxy.ts'
import { ODD, startSite, type Photo, type Site } from './site.ts'

export const WIDTH = 900
export const HEIGHT = 600
/** Five photos, and one of them again under an odd address. */
export const PHOTOS = 6

/** A site, a backend, and what stands between them: two origins, and nothing of this machine. */
export interface Stage {
  readonly site: Site
  readonly proxy: Proxy
  readonly gip: Gip
  /** Bytes of each original, by path. */
  readonly originals: ReadonlyMap<string, Photo>
  /** Forgets what was asked, lets everything work again, and gives workers that are new all the time they need. */
  reset(): Promise<void>
  /** New workers wait no longer than those of real sites: a busy machine would make some images of a test late. */
  hurry(): void
  stop(): Promise<void>
}

export async function createStage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'gip-browser-'))
  const originals = makePhotos(folder)
  const [site, proxy] = await Promise.all([startSite(originals), startProxy()])
  const settings = { folder, publicURL: proxy.origin, sources: [`${site.origin}/photos/`], origins: [site.origin] }
  const gip = await serve(settings)
  proxy.target = gip.address
  const shim = sign(settings, '--shim')
  site.shim = withPatience(shim)
  site.tag = sign(settings, '--tag')
  const stage: Stage = {
    site,
    proxy,
    gip,
    originals,
    async reset() {
      await proxy.become('pass')
      proxy.configMode = undefined
      proxy.images.length = 0
      site.asked.length = 0
      site.seen.length = 0
      site.shim = withPatience(shim)
    },
    hurry() {
      site.shim = shim
    },
    async stop() {
      await Promise.all([gip.stop(), proxy.stop(), site.stop()])
      rmSync(folder, { recursive: true, force: true })
    },
  }
  await warm(stage).catch(async (error: unknown) => {
    await stage.stop()
    throw error
  })
  return stage
}

function withPatience(shim: string): string {
  return shim.replace('}', ',timeout:60000}')
}

function makePhotos(folder: string): ReadonlyMap<string, Photo> {
  const photos = new Map<string, Photo>()
  for (const seed of [1, 2, 3, 4]) photos.set(`/photos/${seed}.png`, { type: 'image/png', body: makePhoto(WIDTH, HEIGHT, seed) })
  const [png, jpeg] = [join(folder, '5.png'), join(folder, '5.jpg')]
  writeFileSync(png, makePhoto(WIDTH, HEIGHT, 5))
  convert(png, jpeg)
  return photos.set('/photos/5.jpg', { type: 'image/jpeg', body: readFileSync(jpeg) })
}

/**
 * Makes each image once, for every kind of Accept: what a cold one costs depends on the machine,
 * and a late image is the original, as it should be.
 */
export async function warm({ gip, site, originals }: Stage, options = 'f:auto'): Promise<void> {
  const name = /site:"([^"]+)"/.exec(site.shim)?.[1]
  for (const path of [...originals.keys(), ODD]) {
    const url = rewrite(`${gip.address.origin}/s/${name}`, new URL(path, site.origin).href, options)
    for (const accept of ['image/avif,image/webp', 'image/webp', '*/*']) {
      const response = await fetch(url, { headers: { accept } })
      const body = await response.arrayBuffer()
      if (!response.ok) throw new Error(`${url} gave ${response.status}: ${Buffer.from(body)}`)
    }
  }
  site.asked.length = 0
}

/**
 * Waits until what is asked for holds. Nothing here is measured by the clock: the limit only
 * ends a test that would never end.
 */
export async function until<T>(what: string, ask: () => Promise<T | undefined | false>): Promise<T> {
  for (let tries = 0; tries < 200; tries++) {
    const answer = await ask()
    if (answer) return answer
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`never happened: ${what}`)
}
