/**
 * gip-page.js, which the loader adds when the page is done: it tells the worker what only a page
 * knows. Which images have a box of their own, so that fewer pixels change no layout; whether the
 * visitor wants fewer bytes; and tokens for images that the site does not list, where it lets its
 * pages ask for them. Without it, images keep their pixel dimensions.
 */
import { createPreference, type Preference } from './preference.ts'
import { addressOf, boxesOf, isShown } from './report.ts'

declare global {
  interface Window {
    gip?: Partial<Preference>
  }
}

/** CSS pixels. What is smaller is no picture, and may be there to count visitors. */
const SMALLEST_SIGNED = 50

const { src, dataset } = document.currentScript as HTMLScriptElement
const workers = navigator.serviceWorker
const less = matchMedia('(prefers-reduced-data: reduce)')
const preference = createPreference(window.gip, () => localStorage, () => void tell({}))
window.gip = preference

/** The worker gets the visitor's wish with everything, and answers which sources it lacks tokens for. */
async function tell(said: Record<string, unknown>): Promise<void> {
  const worker = workers.controller ?? (await workers.ready).active
  const { connection } = navigator as { connection?: { saveData?: boolean } }
  const reduce = preference.reduceData || less.matches || connection?.saveData === true
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = ({ data }) => {
    if (data?.length) void sign(data).then((tokens) => worker?.postMessage({ gip: 'tokens', tokens }), () => undefined)
  }
  worker?.postMessage({ gip: 'page', reduce, dpr: devicePixelRatio, ...said }, [port2])
}

/** A source that the backend refuses gets an empty token: it need not be asked for again. */
async function sign(urls: readonly string[]): Promise<Record<string, string>> {
  const body = JSON.stringify({ site: dataset['site'], urls })
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(new URL('api/v1/sign', src), { method: 'POST', credentials: 'omit', headers, body })
  const { tokens } = await response.json()
  return Object.fromEntries(urls.map((url) => [url, tokens[url] ?? '']))
}

function report(): void {
  const shown = [...document.images].filter((image) => isShown(image) && image.offsetWidth >= SMALLEST_SIGNED)
  void tell({ images: boxesOf(document), shown: [...new Set(shown.map(addressOf))] })
}

less.addEventListener('change', () => void tell({}))
// Once when there is time, and once more for what came later: lazy images, and those of scripts.
;(window.requestIdleCallback ?? setTimeout)(report)
addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') report()
})
