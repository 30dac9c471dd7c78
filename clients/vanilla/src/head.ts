/**
 * The head snippet, for sites that want their first view through gip too. It stands in the page,
 * before the first image, and parks lazy images until the client is there: no browser has begun
 * them. If the client does not come, every image is the page's own again. Eager images cannot be
 * parked: the browser's preload scanner reads on ahead of every script.
 */
import { move, PARKED, READY } from './parked.ts'

/** Milliseconds; a visitor waits no longer for a client that may never come. */
const PATIENCE = 3_000

const watcher = new MutationObserver((records) => {
  for (const { addedNodes } of records) {
    for (const node of addedNodes as NodeListOf<HTMLImageElement>) {
      // In a <picture>, the sources would go on without it.
      if (node.tagName == 'IMG' && node.loading == 'lazy' && (node.parentNode as Element).tagName != 'PICTURE') move(node, '', PARKED)
    }
  }
})

function leave(): void {
  watcher.disconnect()
  clearTimeout(timer)
}

const timer = setTimeout(() => {
  leave()
  for (const prefix of [PARKED, 'data-']) {
    for (const image of document.querySelectorAll(`img[${prefix}src]`)) move(image, prefix, '')
  }
}, PATIENCE)

watcher.observe(document, { childList: true, subtree: true })
addEventListener(READY, leave)
