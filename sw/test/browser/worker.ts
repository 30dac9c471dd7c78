import type { Diagnosis } from '../../src/label.ts'
import type { Driver } from './engines.ts'
import { until } from './stage.ts'

/** Asks the worker of the page that is open, and gives its images by path and query; waits until it controls the page. */
export async function diagnose(driver: Driver): Promise<Diagnosis> {
  await driver.run('window.diagnosis = undefined')
  return until('the worker answers', async () => {
    const answer = await driver.run(`
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = ({ data }) => { window.diagnosis = data }
      navigator.serviceWorker.controller?.postMessage({ gip: 'diagnose' }, [port2])
      return window.diagnosis && JSON.stringify(window.diagnosis)`)
    if (typeof answer !== 'string') return undefined
    const diagnosis = JSON.parse(answer) as Diagnosis
    const images = Object.entries(diagnosis.images).map(([url, entry]) => [url.replace(/^https?:\/\/[^/]*/, ''), entry] as const)
    return { ...diagnosis, images: Object.fromEntries(images) }
  })
}

/** Opens a page, and scrolls through it until all its images are there, the lazy ones too. */
export async function openWhole(driver: Driver, url: string): Promise<void> {
  await driver.open(url)
  await until('all images are there', () => driver.run(`
    scrollTo(0, window.down = ((window.down ?? 0) + 500) % document.documentElement.scrollHeight)
    return document.readyState === 'complete' && [...document.images].every((image) => image.complete && image.naturalWidth > 0)`) as Promise<boolean>)
  await driver.run('scrollTo(0, 0)')
}

/** Opens a page, and waits until its script has told the worker about it. */
export async function openAndTell(driver: Driver, url: string): Promise<void> {
  await driver.open(url)
  await until('the page script is there', () => driver.run('return document.readyState === "complete" && typeof gip === "object"') as Promise<boolean>)
  // It reports when there is time, and when the page is left.
  await new Promise((resolve) => setTimeout(resolve, 300))
}

/** The first view of a page, until the worker is there and has its config. */
export async function install(driver: Driver, url: string): Promise<void> {
  await openWhole(driver, url)
  await until('the worker controls the page and has its config', async () => (await diagnose(driver)).mode === 'on')
}
