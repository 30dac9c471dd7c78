import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { engines } from './engines.ts'
import { createStage, until, type Stage } from './stage.ts'
import { diagnose, install, openAndTell, openWhole } from './worker.ts'

let stage: Stage

beforeAll(async () => {
  stage = await createStage()
  const { site, proxy } = stage
  const tag = site.tag.replace('<script', '<script nonce="abc"')
  const body = `<!doctype html><meta charset="utf-8">${tag}<style nonce="abc">img { display: inline-block; margin: 4px }</style>
<img src="/photos/1.png" width="300" height="200"><img src="/photos/2.png" width="420" height="280"><img src="/photos/5.jpg" width="300" height="200"><img src="/logo.svg" width="200"><img src="/none/x.png" alt="gone">`
  const policy = `default-src 'self'; script-src 'nonce-abc'; style-src 'nonce-abc'; connect-src 'self' ${proxy.origin}`
  site.files.set('/debug', { type: 'text/html', body, headers: { 'content-security-policy': policy } })
})

afterAll(() => stage?.stop())

const TEXTS = `return JSON.stringify([...document.querySelectorAll('gip-debug > div')].map(({ textContent }) => textContent))`

test.each(engines)('$name: ?gip=debug says what was delivered, or why not, under a strict CSP', async ({ name, start }) => {
  await stage.reset()
  const { driver, stop } = await start()
  const url = `${stage.site.origin}/debug`
  const texts = async () => JSON.parse(String(await driver.run(TEXTS))) as readonly string[]
  try {
    await install(driver, `${stage.site.origin}/`)
    await openWhole(driver, `${stage.site.origin}/`)
    await until('smaller photos', async () => {
      await openAndTell(driver, `${url}?gip=debug`)
      return (await diagnose(driver)).images['/photos/2.png']?.delivered?.width
    })
    await until('every image has its label', async () => (await texts()).length === 5)
    await until('sizes are known', async () => /^[\d.]+ kB → [\d.]+ kB \(-\d+ %\)\n(avif|webp) · asked for w:512, is 512\ncache \w+ · \d+ ms$/.test((await texts())[1] ?? ''))
    expect((await texts())[3]).toMatch(/vector/)
    expect(await driver.run('return getComputedStyle(document.querySelector("gip-debug > div")).position')).toBe('absolute')
    if (process.env['SHOTS']) await driver.shoot(join(process.env['SHOTS'], `debug-${name}.png`))
    await openAndTell(driver, url)
    expect(await texts(), 'without the query there is nothing').toEqual([])
  } finally {
    await stop()
  }
})
