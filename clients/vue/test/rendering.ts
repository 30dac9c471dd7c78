import { createSSRApp, h, type Component } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { styleText, type Config, type PictureProps } from '@gip4all/core'
import type { Markup, Shown } from '../../testing/cases.ts'
import { gip, GipImage, GipPicture, vGip } from '../src/index.ts'

/** What a server answers: a component, in an app of its own. */
export function render(config: Config | undefined, component: Component, marker = false): Promise<string> {
  return renderToString(createSSRApp(component).directive('gip', vGip).use(gip, config, { marker }))
}

/** A page that has nothing but the image of some props: a picture if it has sources. */
export function componentOf(props: PictureProps): Component {
  return { render: () => (props.sources ? h(GipPicture, { ...props }) : h(GipImage, { ...props })) }
}

/** The image in HTML. */
export function shownIn(html: string): Shown {
  const document = new DOMParser().parseFromString(html, 'text/html')
  const img = markup(document.querySelector('img')!)
  if (!document.querySelector('picture')) return { img }
  return { sources: [...document.querySelectorAll('source')].map(markup), img }
}

/** An element's attributes, in order; Vue ends styles by a semicolon. */
function markup(element: Element): Markup {
  return Object.fromEntries([...element.attributes].map(({ name, value }) => [name, name === 'style' ? value.replace(/;$/, '') : value]))
}

/** As HTML has it: everything is text, and neither a ref nor listeners are any of it. */
export function textOf(attributes: object): Markup {
  const there = Object.entries(attributes).filter(([name, value]) => value !== undefined && typeof value !== 'function' && name !== 'ref')
  return Object.fromEntries(there.map(([name, value]) => [name, name === 'style' ? styleText(value) : String(value)]))
}
