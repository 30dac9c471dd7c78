import { describe, expect, test } from 'vitest'
import { CASES, COUNT, type Markup, type Shown } from '../../testing/cases.ts'
import { attrs, original, picture, styleText, type Attributes, type Config, type PictureProps, type SourceAttributes } from '../src/index.ts'

// A shortened file must not pass quietly.
test('there are as many cases as the file says', () => {
  expect(CASES).toHaveLength(COUNT)
  expect(COUNT).toBeGreaterThanOrEqual(47)
})

/** As HTML has it: everything is text. */
function markup(attributes: Attributes | SourceAttributes): Markup {
  const there = Object.entries(attributes).filter(([, value]) => value !== undefined)
  return Object.fromEntries(there.map(([name, value]) => [name, name === 'style' ? styleText(value) : String(value)]))
}

function show(config: Config | undefined, props: PictureProps): Shown {
  if (!props.sources) return { img: markup(attrs(config, props)) }
  const { sources, img } = picture(config, props)
  return { sources: sources.map(markup), img: markup(img) }
}

describe.each(CASES)('$name', ({ config, props, shown, failed }) => {
  test('is shown', () => {
    expect(show(config, props)).toEqual(shown)
  })

  test('is the original after a failure', () => {
    expect(show(undefined, props)).toEqual(failed)
    if (!props.sources) expect(original(props)).toEqual(attrs(undefined, props))
  })

  test('its attributes are in order, src last', () => {
    const { img, sources = [] } = show(config, props)
    expect(Object.keys(img)).toEqual(Object.keys(shown.img))
    expect(Object.keys(img).at(-1)).toBe('src')
    expect(sources.map((source) => Object.keys(source))).toEqual((shown.sources ?? []).map((source) => Object.keys(source)))
  })

  test('is done once', () => {
    const once = attrs(config, props)
    expect(attrs(config, once as unknown as PictureProps)).toEqual(once)
  })

  test('keeps its place', () => {
    const { img } = shown
    if (props.fill) expect(img['style']).toContain('position:absolute')
    else expect(img).toMatchObject(failed.img['width'] ? { width: failed.img['width'], height: failed.img['height'] } : { height: failed.img['height'] })
    if (props.background === undefined) expect(img['style']).toBe(failed.img['style'])
  })
})

test('what was given is left as it was', () => {
  const freeze = <T extends object>(value: T): T => Object.freeze(value)
  for (const { config, props } of CASES) {
    const frozen = freeze({ ...props, breakpoints: props.breakpoints && freeze([...props.breakpoints]) }) as PictureProps
    expect(() => show(config && freeze({ ...config, widths: freeze([...config.widths]) }), frozen)).not.toThrow()
  }
})
