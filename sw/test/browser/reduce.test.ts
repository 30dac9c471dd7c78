import { afterAll, beforeAll, expect, test } from 'vitest'
import { engines } from './engines.ts'
import { createStage, until, type Stage } from './stage.ts'
import { diagnose, install, openWhole } from './worker.ts'

let stage: Stage

beforeAll(async () => {
  stage = await createStage()
  const body = `<!doctype html><meta charset="utf-8">${stage.site.tag}<img src="/photos/2.png" width="300" height="200"><img src="/photos/3.png">`
  stage.site.files.set('/reduce', { type: 'text/html', body })
})

afterAll(() => stage?.stop())

test.each(engines)('$name: gip.reduceData lowers quality and rung, until it is false again', async ({ start }) => {
  await stage.reset()
  const { driver, stop } = await start()
  const url = `${stage.site.origin}/reduce`
  async function become(low: boolean): Promise<void> {
    await until(`both photos have low ${low}`, async () => {
      await openWhole(driver, url)
      const { images } = await diagnose(driver)
      const [boxed, free] = [images['/photos/2.png'], images['/photos/3.png']]
      return boxed?.delivered?.low === low && free?.delivered?.low === low && boxed.delivered.width === 384 && !free.delivered.width
    })
  }
  try {
    await install(driver, url)
    await become(false)
    await until('the page script is there', () => driver.run('return typeof gip === "object"') as Promise<boolean>)
    await driver.run('gip.reduceData = true')
    await become(true)
    expect(await driver.run('return document.images[1].naturalWidth')).toBe(900)
    await until('it is remembered', () => driver.run('return window.gip?.reduceData === true') as Promise<boolean>)
    await driver.run('gip.reduceData = false')
    await become(false)
  } finally {
    await stop()
  }
})
