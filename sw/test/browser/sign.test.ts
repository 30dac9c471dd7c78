import { afterAll, beforeAll, expect, test } from 'vitest'
import { engines } from './engines.ts'
import { createStage, until, type Stage } from './stage.ts'
import { diagnose, install, openAndTell } from './worker.ts'

let stage: Stage

beforeAll(async () => {
  stage = await createStage()
  const { site, originals } = stage
  site.files.set('/other/a.png', originals.get('/photos/1.png')!)
  site.files.set('/other/dot.png', originals.get('/photos/2.png')!)
  const body = `<!doctype html><meta charset="utf-8">${site.tag}<img src="/other/a.png"><img src="/other/dot.png" width="1" height="1">`
  site.files.set('/signing', { type: 'text/html', body })
})

afterAll(() => stage?.stop())

test.each(engines)("$name: a photo off the site's list is the original until there is a token; what counts visitors stays so", async ({ start }) => {
  await stage.reset()
  const { driver, stop } = await start()
  const url = `${stage.site.origin}/signing`
  try {
    await install(driver, url)
    expect(stage.proxy.images).toEqual([])
    await until('it comes with a token', async () => {
      await openAndTell(driver, url)
      return (await diagnose(driver)).images['/other/a.png']?.delivered !== undefined
    })
    expect(stage.proxy.images.every(({ path }) => path.startsWith('/u/test.'))).toBe(true)
    expect((await diagnose(driver)).images['/other/dot.png']).toEqual({ reason: 'unlisted' })
    expect(await driver.run('return document.images[0].naturalWidth')).toBe(900)
  } finally {
    await stop()
  }
})
