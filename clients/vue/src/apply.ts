import type { Attributes, Style } from '@gip4all/core'

/**
 * Sets the attributes on an element, in their order. Those that are as they should be stay untouched:
 * a `src` that is set again is loaded again. `last` is what was set before.
 */
export function apply(img: HTMLImageElement, attributes: Attributes, last: Attributes | undefined): void {
  const { style, ...others } = attributes
  const gone = Object.keys(last ?? {}).filter((name) => !(name in attributes))
  for (const [name, value] of Object.entries(others)) {
    if (value === undefined) remove(img, name)
    else if (img.getAttribute(name) !== String(value)) img.setAttribute(name, String(value))
  }
  for (const name of gone) remove(img, name)
  applyStyle(img.style, style, last?.style)
}

/** Chromium 156 shows the original by the density of a srcset that was never empty: 843 pixels of 900. */
function remove(img: HTMLImageElement, name: string): void {
  if (name === 'srcset') img.srcset = ''
  img.removeAttribute(name)
}

/** Property by property: a CSP may forbid style attributes, and the page may have styles of its own there. */
function applyStyle(declared: CSSStyleDeclaration, style: Style = {}, last: Style = {}): void {
  const gone = Object.keys(last).map((name) => [name, ''])
  const next = Object.entries(style).map(([name, value]) => [name, value ?? ''])
  Object.assign(declared, Object.fromEntries([...gone, ...next]))
}
