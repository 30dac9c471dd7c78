import { createRequire } from 'node:module'
import { version, type ReactElement } from 'react'

/** The version of React that this run is of. */
export const VERSION = Number.parseInt(version)

const require = createRequire(new URL(VERSION < 19 ? `../../testing/react${VERSION}/package.json` : '../package.json', import.meta.url))

interface Root {
  render(element: ReactElement): void
}

interface Host {
  render?(element: ReactElement, box: Element): void
  hydrate?(element: ReactElement, box: Element): void
  flushSync(run: () => void): void
}

interface Server {
  renderToString(element: ReactElement): string
  renderToStaticMarkup(element: ReactElement): string
}

interface Client {
  createRoot(box: Element): Root
  hydrateRoot(box: Element, element: ReactElement): Root
}

const host = require('react-dom') as Host
export const { renderToString, renderToStaticMarkup } = require('react-dom/server') as Server
const { createRoot, hydrateRoot } = VERSION < 18 ? oldClient(host) : (require('react-dom/client') as Client)

/** Waits for React, whatever version it is. */
export const { flushSync } = host

/** Shows an element in a box of its own, and gives what shows another in its place. */
export function mount(element: ReactElement): { readonly box: HTMLElement; show(next: ReactElement): void } {
  const box = document.createElement('div')
  const root = createRoot(box)
  const show = (next: ReactElement): void => flushSync(() => root.render(next))
  show(element)
  return { box, show }
}

/** Takes over what a server rendered. */
export function hydrate(box: Element, element: ReactElement): void {
  flushSync(() => void hydrateRoot(box, element))
}

/** Tells an image that it could not be loaded, as browsers do. */
export function breakImage(box: Element): void {
  flushSync(() => box.querySelector('img')!.dispatchEvent(new Event('error')))
}

function oldClient({ render, hydrate }: Host): Client {
  return {
    createRoot: (box) => ({ render: (element) => render!(element, box) }),
    hydrateRoot(box, element) {
      hydrate!(element, box)
      return { render: (next) => render!(next, box) }
    },
  }
}
