import { expect, test } from 'vitest'
import { inEveryEngine } from './every.ts'
import { until, type Stage } from './stage.ts'
import { diagnose, openAndTell, openWhole } from './worker.ts'

/** Notes what the page's policy forbids. Under Trusted Types even this must not become a script by itself. */
const WATCH = `<script>violations = []
addEventListener('securitypolicyviolation', ({ effectiveDirective, sample }) => violations.push(effectiveDirective + ' ' + sample))
addEventListener('gip:ready', () => window.ready = true)</script>`

const IMAGES = `<img src="/photos/1.png"><img id="data" data-src="/photos/2.png" width="300" height="200">
<div data-background="/photos/3.png" style="height:200px"></div><gip-image src="/photos/4.png" alt="" width="300" height="200"></gip-image>`

const POLICIES = {
  required: "require-trusted-types-for 'script'",
  named: "require-trusted-types-for 'script'; trusted-types gip",
  others: "require-trusted-types-for 'script'; trusted-types theirs",
} as const

function prepare(stage: Stage): void {
  const { site } = stage
  for (const [name, policy] of Object.entries(POLICIES)) {
    const tags = site.tag + site.tag.replace('gip.js', 'gip-full.js')
    const body = `<!doctype html><meta charset="utf-8">${WATCH}${tags}${IMAGES}`
    site.files.set(`/${name}`, { type: 'text/html', body, headers: { 'content-security-policy': policy } })
  }
}

inEveryEngine(prepare, (rig) => {
  const violations = async () => JSON.parse(String(await rig.driver.run('return JSON.stringify(violations)')))

  async function openReady(path: string): Promise<void> {
    await openWhole(rig.driver, rig.stage.site.origin + path)
    await until('the client is at work', async () => (await rig.driver.run('return window.ready === true')) === true)
  }

  test.each(['required', 'named'] as const)('a page whose Trusted Types are %s has the tag, its worker and the client', async (name) => {
    const { driver } = rig
    const found: unknown[] = []
    await openReady(`/${name}`)
    await openAndTell(driver, `${rig.stage.site.origin}/${name}?gip=debug`)
    found.push(...await violations())
    await until('a photo came by way of the worker', async () => {
      await openReady(`/${name}`)
      found.push(...await violations())
      return (await diagnose(driver)).images['/photos/1.png']?.delivered
    })
    expect(await driver.run(`return document.querySelector('#data').currentSrc`)).toContain('/s/test.')
    expect(found).toEqual([])
  })

  test("where Trusted Types name no policy of gip's, the client works, and all else is the page as it was", async () => {
    const { driver } = rig
    await openReady('/others')
    const isKnown = (await driver.run('return typeof trustedTypes === "object"')) === true
    const isControlled = () => driver.run('return navigator.serviceWorker.controller !== null') as Promise<boolean>
    if (isKnown) await until('the browser has said so', async () => (await violations()).length > 0)
    else await until('the worker is there', isControlled)
    expect(await isControlled()).toBe(!isKnown)
    expect(await driver.run(`return document.querySelector('#data').currentSrc`)).toContain('/s/test.')
  })
  test('a shim that is under Trusted Types itself costs no image', async () => {
    const { driver, stage: { site } } = rig
    site.files.set('/gip-sw.js', { type: 'text/javascript', body: site.shim, headers: { 'content-security-policy': POLICIES.required } })
    try {
      await openAndTell(driver, `${site.origin}/required`)
      await openWhole(driver, `${site.origin}/required`)
      expect(await driver.run('return navigator.serviceWorker.controller === null'), 'it may not import the rest of itself').toBe(true)
    } finally {
      site.files.delete('/gip-sw.js')
    }
  })
})
