// @vitest-environment jsdom
import { describe, expect, test } from 'vitest'
import { h, type Component } from 'vue'
import type { Props } from '@gip4all/core'
import { CASES, COUNT } from '../../testing/cases.ts'
import { componentOf, render, shownIn } from './rendering.ts'

test('there are as many cases as the file says', () => {
  expect(CASES).toHaveLength(COUNT)
})

describe.each(CASES)('$name', ({ config, props, shown }) => {
  test('a server renders it, its attributes in order', async () => {
    const got = shownIn(await render(config, componentOf(props)))
    expect(got).toEqual(shown)
    expect(Object.keys(got.img)).toEqual(Object.keys(shown.img))
  })

  test('the directive renders the same', async () => {
    if (props.sources) return expect(shownIn(await render(config, componentOf(props))).img).toEqual(shown.img)
    expect(shownIn(await render(config, withDirective(props))).img).toEqual(shown.img)
  })
})

/** Compiled for servers, as Vue's tools compile templates. */
function withDirective(props: Props): Component {
  return { setup: () => ({ props }), template: '<img v-gip="props">' }
}

test('the marker is there unless the app says no, and gip shows through a slot', async () => {
  const { config, props } = CASES[0]!
  expect(await render(config, componentOf(props), true)).toContain('onerror="this.dataset.error=1"')
  expect(await render(config, withDirective(props), true)).toContain('onerror=')
  expect(await render(config, componentOf(props), false)).not.toContain('onerror')
  expect(await render(config, { render: () => h('p') }, true)).toBe('<p></p>')
})
