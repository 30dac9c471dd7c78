/**
 * gip-debug.js, which the loader adds to a page that is opened with ?gip=debug: a label on each
 * image says what was delivered instead of what, or why it was left alone. Styles are set by
 * script and nothing is written inline, so that a page's CSP need not allow anything for it.
 */
import { labelOf, type Diagnosis } from './label.ts'

/** Milliseconds between two looks at the page. */
const INTERVAL = 1_000

const LABEL: Partial<CSSStyleDeclaration> = {
  position: 'absolute', zIndex: '2147483647', margin: '0', padding: '2px 6px', maxWidth: '40ch', pointerEvents: 'none',
  font: '11px/1.4 ui-monospace, monospace', color: '#fff', whiteSpace: 'pre-wrap', borderRadius: '3px', textAlign: 'left',
}
const GREEN = 'rgb(0 92 48 / .92)'
const GREY = 'rgb(70 70 70 / .92)'

const labels = new Map<HTMLImageElement, HTMLElement>()
const originals = new Map<string, Promise<number | undefined>>()
// Outside of the body, whose own rules for its children must not meet it.
const layer = document.documentElement.appendChild(document.createElement('gip-debug'))

/** The original's bytes, where its server says them to this page. */
function originalBytes(url: string): Promise<number | undefined> {
  const asked = originals.get(url) ?? fetch(url, { method: 'HEAD' }).then(({ ok, headers }) => (ok && Number(headers.get('content-length'))) || undefined, () => undefined)
  originals.set(url, asked)
  return asked
}

function askWorker(): Promise<Diagnosis | undefined> {
  const { controller } = navigator.serviceWorker
  const { port1, port2 } = new MessageChannel()
  controller?.postMessage({ gip: 'diagnose' }, [port2])
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data)
    setTimeout(resolve, INTERVAL) // another worker does not answer
  })
}

async function show(image: HTMLImageElement, diagnosis: Diagnosis | undefined): Promise<void> {
  const url = (image.currentSrc || image.src).replace(/#.*/s, '')
  const label = labels.get(image) ?? layer.appendChild(document.createElement('div'))
  labels.set(image, label)
  const entry = diagnosis?.images[url]
  const { left, top, width } = image.getBoundingClientRect()
  Object.assign(label.style, LABEL, {
    left: `${left + scrollX}px`, top: `${top + scrollY}px`, display: width ? 'block' : 'none',
    background: entry?.delivered && !entry.reason ? GREEN : GREY,
  })
  label.textContent = labelOf(diagnosis, entry, image.naturalWidth, await originalBytes(url))
}

async function look(): Promise<void> {
  const diagnosis = await askWorker()
  for (const [image, label] of labels) if (!image.isConnected && labels.delete(image)) label.remove()
  await Promise.all([...document.images].map((image) => show(image, diagnosis)))
  setTimeout(() => void look(), INTERVAL)
}

void look()
