// @vitest-environment jsdom
import { afterEach, describe, expect, test } from 'vitest'
import { CASES, COUNT, type Markup, type Shown } from '../../testing/cases.ts'
import { defineGipImage, FALLBACK, type GipImage } from '../src/index.ts'
import { createRescue } from '../src/rescue.ts'

const rescue = createRescue(document)

afterEach(() => document.body.replaceChildren())

/** An element of the case, in the page. Each has a definition of its own, for configs are a client's. */
function put({ config, props }: (typeof CASES)[number], index: number): GipImage {
  const name = `gip-case-${index}`
  defineGipImage({ config, rescue }, name)
  const element = document.createElement(name) as GipImage
  element.props = props
  document.body.append(element)
  return element
}

/** A style as this document writes it. */
function styleOf(text = ''): string {
  const probe = document.createElement('i')
  probe.style.cssText = text
  return probe.style.cssText
}

function markup(element: Element): Markup {
  const attributes = Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]))
  return { ...attributes, ...(attributes['style'] !== undefined && { style: styleOf(attributes['style']) }) }
}

/** The case as this document writes it. */
function expected({ img, sources }: Shown): Shown {
  const style = styleOf(img['style'])
  const { style: _, ...rest } = img
  return { img: style ? { ...rest, style } : rest, ...(sources && { sources }) }
}

function shownBy({ image }: GipImage): Shown {
  const { parentElement } = image
  const sources = parentElement?.localName === 'picture' ? [...parentElement.querySelectorAll('source')].map(markup) : undefined
  return { img: markup(image), ...(sources && { sources }) }
}

test('there are all cases', () => expect(CASES).toHaveLength(COUNT))

describe.each(CASES.map((one, index) => ({ ...one, index })))('$name', (one) => {
  test('is shown, and is the original after a failure', () => {
    const element = put(one, one.index)
    expect(shownBy(element)).toEqual(expected(one.shown))
    const told: unknown[] = []
    element.addEventListener(FALLBACK, (event) => told.push(event))
    for (let times = 0; times < 2; times++) element.image.dispatchEvent(new Event('error'))
    const isOurs = JSON.stringify(one.shown) !== JSON.stringify(one.failed)
    expect(shownBy(element)).toEqual(expected(one.failed))
    expect(told).toHaveLength(isOurs ? 1 : 0)
  })

  test('without fallback it stays as it is', () => {
    const element = put({ ...one, props: { ...one.props, fallback: false } }, one.index)
    element.image.dispatchEvent(new Event('error'))
    expect(shownBy(element)).toEqual(expected(one.shown))
  })
})
