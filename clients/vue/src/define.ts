import { defineComponent, getCurrentInstance, h, inject, onBeforeUnmount, onMounted, shallowRef, ssrContextKey } from 'vue'
import type { Bound, ImageComponent } from './component.ts'
import { configOf, useContext } from './context.ts'
import { withoutEmpty } from './empty.ts'
import { createFallback, type Build } from './fallback.ts'
import { MARKER } from './marker.ts'
import { watch } from './watch.ts'

/** How a component makes its image of its props and attributes. */
export interface Plan {
  readonly build: Build
  /** The attributes of a `<picture>` around the image. */
  readonly root?: Readonly<Record<string, unknown>>
}

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
