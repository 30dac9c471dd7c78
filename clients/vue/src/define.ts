import { defineComponent, getCurrentInstance, h, inject, onMounted, shallowRef, ssrContextKey, type ComponentPublicInstance, type VNode } from 'vue'
import type { Attributes } from '@gip4all/core'
import { configOf, useContext } from './context.ts'
import { definedOf } from './defined.ts'
import { createFallback, type Build, type Failure } from './fallback.ts'
import { MARKER, replay } from './marker.ts'

/** How a component makes its image of its props and attributes. */
export interface Plan {
  readonly build: Build
  /** The attributes of a `<picture>` around the image. */
  readonly root?: Readonly<Record<string, unknown>>
}

/** What is bound to an `<img>`: its attributes, in order, and how it is followed. */
export interface Bound extends Attributes {
  readonly ref: (img: unknown) => void
  readonly onLoad: (event: Event) => void
  readonly onError: (event: Event) => void
}

/** A listener of each event. */
export interface Listeners {
  readonly onLoad?: ((event: Event) => void) | undefined
  /** Not even the original could be shown. */
  readonly onError?: ((event: Event) => void) | undefined
  /** The original comes in the image's place. */
  readonly onFallback?: ((failure: Failure) => void) | undefined
}

/** What a slot gets to render an image of its own: `<img v-bind="attributes">`. */
export interface Scope {
  readonly attributes: Bound
}

/** What a template ref to a component holds. */
export interface Exposed {
  /** The image's element; null until it is mounted. */
  readonly imgEl: HTMLImageElement | null
}

/** A component as the types of Vue's tools see it: the props stay the union that core makes of them. */
export type ImageComponent<P> = new () => ComponentPublicInstance<Given<P>, Exposed> & {
  readonly $slots: { readonly default?: (scope: Scope) => VNode[] }
}

/** Of `style` Vue understands more than core. */
type Given<P> = P extends unknown ? Omit<P, 'style'> & Listeners : never

/** Defines a component of one image. What it renders first is the same on servers and in browsers. */
export function defineImage<P>(name: string, props: object, plan: (props: object, attrs: Readonly<Record<string, unknown>>) => Plan): ImageComponent<P> {
  return defineComponent({
    name,
    inheritAttrs: false,
    props: props as Record<'fallback', null>,
    emits: ['load', 'error', 'fallback'],
    setup(props, { attrs, emit, expose, slots }) {
      const context = useContext()
      const imgEl = shallowRef<HTMLImageElement | null>(null)
      const { choose, fail } = createFallback(emit, () => props.fallback !== false)
      const following = {
        ref: (img: unknown) => void (imgEl.value = img as HTMLImageElement | null),
        onLoad: (event: Event) => emit('load', event),
        onError: (event: Event) => void fail(imgEl.value!, event),
        // Every server render provides its context, and no browser does.
        ...(inject<unknown>(ssrContextKey, undefined) && context.marker !== false ? MARKER : {}),
      }
      // Only what is hydrated has its element before it is mounted.
      if (getCurrentInstance()!.vnode.el) onMounted(() => imgEl.value && replay(imgEl.value))
      expose({ imgEl })
      return () => {
        const { build, root } = plan(props, attrs)
        const { sources, img } = choose(build, configOf(context))
        const attributes: Bound = definedOf({ ...following, ...img })
        const image = slots['default']?.({ attributes }) ?? h('img', { ...attributes })
        return root ? h('picture', definedOf(root), [...sources.map((source) => h('source', { ...source })), image]) : image
      }
    },
  }) as unknown as ImageComponent<P>
}
