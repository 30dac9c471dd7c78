/**
 * The tag that a site puts into its pages:
 *
 *     <script async src="https://img.example/gip.js" data-site="NAME.TOKEN"></script>
 *
 * It registers the shim that the site hosts at /gip-sw.js (or where data-worker says), gives the
 * worker its config, and takes it away again when the backend or the visitor says so. It never
 * replaces another worker, and touches no storage but its own key.
 *
 * `data-module` says that the worker is the site's own and imports gip's: it is then told things,
 * but never registered and never unregistered from here.
 */
import { isSwitchedOff } from '../../clients/core/src/choice.ts'
import { modeOf } from '../../clients/core/src/config.ts'
import { mendImages } from './mend.ts'
import { isOurs, placeOf, registrationAt, runsShim, tell, type Place } from './page.ts'
import { createTrust, type Trust } from './trust.ts'

async function run(tag: HTMLScriptElement, workers: ServiceWorkerContainer): Promise<void> {
  const place = placeOf(tag.dataset['worker'] ?? '/gip-sw.js', location.href)
  mendImages(document, () => {
    const { controller } = workers
    return controller && runsShim(controller, place) ? controller : undefined
  })
  if (isSwitchedOff(location.search, () => localStorage)) return remove(tag, place, workers)
  const raw = await fetchConfig(tag)
  const mode = modeOf(raw)
  if (mode === 'unregister') return remove(tag, place, workers)
  if (mode) await offer(tag, raw, mode === 'on', place, workers)
}

/** What the backend says is handed on as it came; only the worker needs to understand all of it. */
async function fetchConfig(tag: HTMLScriptElement): Promise<unknown> {
  const base = new URL(`s/${tag.dataset['site']}/config.json`, tag.src)
  const response = await fetch(base, { credentials: 'omit', cache: 'no-cache' })
  return response.ok ? response.json() : undefined
}

async function offer(tag: HTMLScriptElement, config: unknown, register: boolean, place: Place, workers: ServiceWorkerContainer): Promise<void> {
  const message = { gip: 'config', config }
  const present = await registrationAt(place, workers)
  if (present && !isOurs(present, place)) return console.info(`gip: ${place.scope} has another service worker; it stays`)
  if (present) tell(present, message)
  if (!register) return
  await loaded()
  const trust = createTrust(window)
  // Before the worker is registered: a page whose CSP forbids that may have one all the same.
  addScript('gip-page.js', tag, trust)
  if (/[?&]gip=debug\b/.test(location.search)) addScript('gip-debug.js', tag, trust)
  if (tag.dataset['module'] !== undefined) return
  const registration = await workers.register(trust(place.script), { updateViaCache: 'none' })
  if (!present) tell(registration, message)
}

/** Adds a script that stands beside this one, by the same nonce. */
function addScript(name: string, { src, nonce, dataset }: HTMLScriptElement, trust: Trust): void {
  const script = document.createElement('script')
  Object.assign(script, { src: trust(new URL(name, src)), nonce })
  script.dataset['site'] = dataset['site'] ?? ''
  document.head.append(script)
}

async function remove(tag: HTMLScriptElement, place: Place, workers: ServiceWorkerContainer): Promise<void> {
  const registration = await registrationAt(place, workers)
  if (!registration || !isOurs(registration, place)) return
  tell(registration, { gip: 'kill' })
  if (tag.dataset['module'] === undefined) await registration.unregister()
}

/** The first view is the page's own; a worker must not compete with it. */
function loaded(): Promise<unknown> {
  return document.readyState === 'complete'
    ? Promise.resolve()
    : new Promise((resolve) => addEventListener('load', resolve, { once: true }))
}

const tag = document.currentScript ?? document.querySelector('script[data-site]')
// A page without https has no workers.
if (tag instanceof HTMLScriptElement && navigator.serviceWorker) {
  run(tag, navigator.serviceWorker).catch((error: unknown) => console.info('gip:', error))
}
