// @vitest-environment jsdom
import { describe, expect, test } from 'vitest'
import { CASES, type Case, type Markup } from '../../testing/cases.ts'
import { restore } from '../src/image.ts'
import { rewriteAll } from '../src/fragment.ts'

/** What HTML says by itself, and what is said by hx-img. */
const SAID = ['src', 'alt', 'width', 'height', 'sizes', 'loading', 'fetchpriority', 'decoding', 'priority', 'quality', 'preset', 'class', 'id', 'title', 'data-x']
/** The page's own styles. */
const STYLED = ['style', 'objectFit', 'background', 'unstyled']
const cases = CASES.filter(
  ({ config, props: { layout = 'constrained', ...props } }) =>
    config?.mode === 'on' && layout === 'constrained' && Object.keys(props).every((name) => [...SAID, ...STYLED].includes(name)),
)

test('there are cases', () => {
  expect(cases.length).toBeGreaterThanOrEqual(12)
})

function imageOf({ props }: Case): Element {
  const image = document.createElement('img')
  const said = Object.entries(props).filter(([name]) => SAID.includes(name))
  const { quality, preset, priority, ...rest } = Object.fromEntries(said)
  const all = { ...rest, ...(priority ? { fetchpriority: 'high' } : {}), 'hx-img-quality': quality, 'hx-img': preset }
  for (const [name, value] of Object.entries(all)) if (value !== undefined) image.setAttribute(name, String(value))
  return image
}

/** As the page has it. The browser measures lazy images (`auto`) only where core's own styles are. */
function said(markup: Markup): Markup {
  const names = ['loading', 'decoding', 'fetchpriority', 'sizes', 'srcset', 'alt', 'width', 'height', 'data-gip', 'src']
  return Object.fromEntries(names.filter((name) => name in markup).map((name) => [name, markup[name]!.replace(/^auto, /, '')]))
}

function markupOf(image: Element): Markup {
  return Object.fromEntries([...image.attributes].map(({ name, value }) => [name, value]))
}

describe.each(cases)('$name', (each) => {
  const image = imageOf(each)
  const before = image.outerHTML
  const originals = rewriteAll({ images: [image], places: [] }, each.config!, (element, name) => element.getAttribute(name))

  test('is shown', () => {
    if (each.shown.img['data-gip']) expect(said(markupOf(image))).toEqual(said(each.shown.img))
    else expect(image.outerHTML).toBe(before)
    expect(originals).toEqual(each.shown.img['data-gip'] ? [each.props.src] : [])
  })

  test('is the original after a failure', () => {
    restore(image)
    const { src, srcset, sizes } = markupOf(image)
    expect({ src, srcset }).toEqual({ src: each.failed.img['src'], srcset: undefined })
    expect(sizes).toBe(each.props.sizes)
  })
})
