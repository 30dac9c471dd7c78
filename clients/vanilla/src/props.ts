import type { PictureProps } from '@gip4all/core'

const TEXTS = 'src alt layout sizes loading fetchpriority decoding quality format preset background object-fit'
const FLAGS = 'fill priority unstyled fallback'

/** What becomes of each attribute's text; attributes that are not here are the element's own. */
const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  ...each(TEXTS, (text) => text),
  ...each(FLAGS, (text) => text !== 'false'),
  ...each('width height', Number),
  'aspect-ratio': ratio,
  'breakpoints': (list) => list.split(',').map(Number),
  'sources': (json) => JSON.parse(json),
}

/** The attributes that `<gip-image>` understands. */
export const NAMES = Object.keys(READERS)

/** An element's attributes as core's props. What is wrong with them is left out: a page shows what it can. */
export function propsOf(element: Element): PictureProps {
  const given = NAMES.filter((name) => element.hasAttribute(name)).map((name) => [camel(name), attempt(name, element.getAttribute(name)!)])
  return { src: '', alt: '', ...Object.fromEntries(given) }
}

function attempt(name: string, value: string): unknown {
  try {
    return READERS[name]!(value)
  } catch {
    return undefined
  }
}

function camel(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
}

function each<T>(names: string, reader: T): Record<string, T> {
  return Object.fromEntries(names.split(' ').map((name) => [name, reader]))
}

/** `1.5` and, as CSS has it, `3 / 2`. */
function ratio(value: string): number {
  const [width = NaN, height = 1] = value.split('/').map(Number)
  return width / height
}
