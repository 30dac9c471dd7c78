/** `react-dom/client` for React 17, which has no such thing. */
import * as ReactDOM from 'react-dom'
import type { ReactElement } from 'react'

const old = ReactDOM as unknown as Record<'render' | 'hydrate', (element: ReactElement, box: Element) => void>

export function createRoot(box: Element): { render(element: ReactElement): void } {
  return { render: (element) => old.render(element, box) }
}

export function hydrateRoot(box: Element, element: ReactElement): void {
  old.hydrate(element, box)
}
