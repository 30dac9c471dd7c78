import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { inEveryEngine } from './every.ts'
import { until, type Stage } from './stage.ts'
import { downloads, openReady, seeAll, servePage } from './vanilla.ts'

/** The line of README that keeps the place of an image which is only its text yet, or again. */
const LINE = /```css\n(.*?)```/s.exec(readFileSync(new URL('../../../clients/vanilla/README.md', import.meta.url), 'utf8'))![1]!

const WAITING = `
<img id="measured" data-src="/photos/1.png?n=measured" data-sizes="auto" alt="A lake" style="width: 300px; aspect-ratio: 3 / 2">
<img id="sized" data-src="/photos/2.png?n=sized" alt="A shore" width="300" height="200">`
const BROKEN = `<img id="broken" src="/photos/none.png" alt="Nothing" width="300" height="200">`
const HIDDEN = `<style>#hidden { display: none }</style><img id="hidden" alt="Not shown">`

const BOXES = `return [...document.images].map((image) => image.offsetWidth + 'x' + image.offsetHeight).join(' ')`
/** How far the two of a line are from each other's height: a text stands on its baseline, an image on its foot. */
const STEP = `const [one, two] = [...document.images].slice(-2); return one.offsetTop - two.offsetTop`
const SIZES = `return document.querySelector('#measured').sizes`

function prepare(stage: Stage): void {
  servePage(stage, '/plain', { body: WAITING })
  servePage(stage, '/line', { body: `<style>${LINE}</style>${WAITING}` })
  servePage(stage, '/lost', { body: `<style>${LINE}</style>${WAITING}${BROKEN}${HIDDEN}`, lost: true })
  servePage(stage, '/beside', { body: `<style>${LINE}</style><p>${BROKEN}<img src="/photos/1.png" alt="There" width="300" height="200">`, lost: true })
}

inEveryEngine(prepare, (rig) => {
  test("with README's line, what waits and what broke keeps its place, and what is hidden stays so", async () => {
    await rig.driver.open(`${rig.stage.site.origin}/lost`)
    await until('the image broke', async () => (await rig.driver.run(`return document.querySelector('#broken').complete`)) === true)
    expect(await rig.driver.run(BOXES)).toBe('300x200 300x200 300x200 0x0')
  })

  test("with README's line, what broke stands where the images beside it stand", async () => {
    await rig.driver.open(`${rig.stage.site.origin}/beside`)
    await until('the image broke', async () => (await rig.driver.run(`return document.querySelector('#broken').complete`)) === true)
    expect(await rig.driver.run(STEP)).toBe(0)
  })

  test("with README's line, it is measured as it will be, and asked for once", async () => {
    await openReady(rig.driver, rig.stage, '/line')
    await seeAll(rig.driver)
    expect(await rig.driver.run(SIZES)).toBe('300px')
    expect(await rig.driver.run(BOXES)).toBe('300x200 300x200')
    expect(downloads(rig.stage)).toEqual({ measured: 'gip', sized: 'gip' })
  })

  test('without it, an image that was as wide as its text is followed', async () => {
    await openReady(rig.driver, rig.stage, '/plain')
    await until('it is as wide as its box', async () => (await rig.driver.run(SIZES)) === '300px')
  })
})
