import { defineComponent, getCurrentInstance, h, inject, onBeforeUnmount, onMounted, shallowRef, ssrContextKey, type ComponentPublicInstance, type Ref, type VNode } from 'vue'
import type { Attributes } from '@gip4all/core'
import { configOf, useContext } from './context.ts'
import { withoutEmpty } from './empty.ts'
import { createFallback, type Build, type Failure } from './fallback.ts'
import { MARKER } from './marker.ts'
import { watch } from './watch.ts'

/** How a component makes its image of its props and attributes. */
export interface Plan {
  readonly build: Build
  /** The attributes of a `<picture>` around the image. */
  readonly root?: Readonly<Record<string, unknown>>
}

/** What is bound to an `<img>`: its attributes, in order, and how it is followed. */
export interface Bound extends Attributes {
  readonly ref: Ref<HTMLImageElement | null>
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
    // `load` is the image's own: its listeners are among the attributes.
    emits: ['error', 'fallback'],
    setup(props, { attrs, emit, expose, slots }) {
      const context = useContext()
      const imgEl = shallowRef<HTMLImageElement | null>(null)
      const isWanted = (): boolean => props.fallback !== false
      const { choose, fail } = createFallback(shallowRef(), emit, isWanted)
      const following = {
        ref: imgEl,
        onError: (event: Event) => fail(imgEl.value!, event),
        // Every server render provides its context, and no browser does.
        ...(inject<object | undefined>(ssrContextKey, undefined) && context.marker !== false && MARKER),
      }
      // Only what is hydrated has its element before it is mounted.
      const isHydrated = Boolean(getCurrentInstance()!.vnode.el)
      // Hooks and no effect: what the events change must not run it again.
      onMounted(() => imgEl.value && onBeforeUnmount(watch(imgEl.value, isWanted, isHydrated)))
      expose({ imgEl })
      return () => {
        const { build, root } = plan(props, attrs)
        const { sources, img } = choose(build, configOf(context))
        const attributes: Bound = withoutEmpty({ ...following, ...img })
        const image = slots['default']?.({ attributes }) ?? h('img', attributes as object)
        return root ? h('picture', withoutEmpty(root), [...sources.map((source) => h('source', source as object)), image]) : image
      }
    },
  }) as unknown as ImageComponent<P>
}
