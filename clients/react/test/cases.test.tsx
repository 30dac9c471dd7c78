import { StrictMode, type ReactElement } from 'react'
import { describe, expect, test, vi } from 'vitest'
import { CASES, COUNT, type Case, type Markup, type Shown } from '../../testing/cases.ts'
import * as client from '../src/client.ts'
import type { Fallback } from '../src/client.ts'
import * as server from '../src/index.ts'
import { breakImage, mount, renderToStaticMarkup } from './host.ts'

// React up to 18 warns of layout effects on servers; only this test's server has a document.
vi.spyOn(console, 'error').mockImplementation(() => undefined)

// A shortened file must not pass quietly.
test('there are as many cases as the file says', () => {
  expect(CASES).toHaveLength(COUNT)
  expect(COUNT).toBeGreaterThanOrEqual(47)
})

const markup = (element: Element): Markup =>
  Object.fromEntries(element.getAttributeNames().map((name) => [name, element.getAttribute(name)!]))

function shownIn(box: ParentNode): Shown {
  const img = markup(box.querySelector('img')!)
  if (!box.querySelector('picture')) return { img }
  return { sources: [...box.querySelectorAll('source')].map(markup), img }
}

/** Servers write the markup; jsdom would write the styles that it knows. */
function rendered(element: ReactElement): Shown {
  const box = document.createElement('template')
  box.innerHTML = renderToStaticMarkup(element)
  return shownIn(box.content)
}

/** As an author who uses React writes it. */
function element(from: typeof server | typeof client, { props: { fetchpriority, ...props } }: Case, more: object): ReactElement {
  const all = { ...props, fetchPriority: fetchpriority, ...more } as client.PictureProps
  return props.sources ? <from.Picture {...all} /> : <from.Image {...all} />
}

describe.each(CASES)('$name', (each) => {
  test.each([
    ['server', server],
    ['client', client],
  ])('is shown by the entry %s', (_, entry) => {
    expect(rendered(element(entry, each, { config: each.config }))).toEqual(each.shown)
    expect(rendered(element(entry, each, { config: undefined }))).toEqual(each.failed)
  })

  test('its attributes are in order, src last', () => {
    const { img, sources = [] } = rendered(element(server, each, { config: each.config }))
    expect(Object.keys(img)).toEqual(Object.keys(each.shown.img))
    expect(sources.map((source) => Object.keys(source))).toEqual((each.shown.sources ?? []).map((source) => Object.keys(source)))
  })

  test('is the original after a failure, and says so once', () => {
    const told: Fallback[] = []
    const onFallback = (fallback: Fallback): unknown => told.push(fallback)
    const { box } = mount(<StrictMode>{element(client, each, { config: each.config, onFallback })}</StrictMode>)
    breakImage(box)
    breakImage(box)
    const isServed = JSON.stringify(each.shown) !== JSON.stringify(each.failed)
    expect(withoutStyle(shownIn(box))).toEqual(withoutStyle(each.failed))
    expect(told.map(({ src }) => src)).toEqual(isServed ? [each.props.src] : [])
  })
})

function withoutStyle({ img: { style: _, ...img }, ...rest }: Shown): Shown {
  return { ...rest, img }
}
