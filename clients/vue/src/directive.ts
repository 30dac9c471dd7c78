import { shallowRef, watchEffect, type ComponentInternalInstance, type DirectiveBinding, type ObjectDirective } from 'vue'
import { attrs, type Attributes, type Props } from '@gip4all/core'
import { apply } from './apply.ts'
import { configOf, useContext, type GipContext } from './context.ts'
import { withoutEmpty } from './empty.ts'
import { createFallback, type Build } from './fallback.ts'
import { MARKER } from './marker.ts'
import { watch } from './watch.ts'

/** The event that a raw `<img>` gets, and its ancestors, once the original comes in its place; its detail is a `Failure`. */
export const FALLBACK_EVENT = 'gip:fallback'

/** How one image is followed. */
interface Followed {
  start(): void
  check(): void
  show(props: Props): void
  stop(): void
}

/** The images on the page, and only there: on servers a directive has no elements. */
const images = new WeakMap<HTMLImageElement, Followed>()

/** `v-gip="props"` for a raw `<img>`, whose `error` event is then that of the original only. */
export const vGip: ObjectDirective<HTMLImageElement, Props> = {
  // Before Vue sets attributes and listeners: nothing is missed, and ours comes first.
  created: (img, { value, instance }) => void images.set(img, follow(img, value, contextOf(instance))),
  beforeMount: (img) => images.get(img)?.start(),
  mounted: (img) => images.get(img)?.check(),
  updated: (img, { value }) => images.get(img)?.show(value),
  unmounted: (img) => images.get(img)?.stop(),
  getSSRProps({ value, instance }) {
    const context = contextOf(instance)
    return { ...(context.marker !== false && MARKER), ...withoutEmpty(attrs(configOf(context), value)) }
  },
}

/** The app's: a directive is no place to inject from. */
function contextOf(instance: DirectiveBinding['instance']): GipContext {
  return (instance as { readonly $: ComponentInternalInstance }).$.appContext.app.runWithContext(useContext)
}

function follow(img: HTMLImageElement, value: Props, context: GipContext): Followed {
  const props = shallowRef(value)
  // The page's own listeners hear an error themselves.
  const report = (event: 'error' | 'fallback', detail: object): void => {
    if (event === 'fallback') img.dispatchEvent(new CustomEvent(FALLBACK_EVENT, { detail, bubbles: true }))
  }
  const isWanted = (): boolean => props.value.fallback !== false
  const { choose, fail } = createFallback(shallowRef(), report, isWanted)
  const onError = (event: Event): void => {
    if (fail(img, event)) event.stopImmediatePropagation()
  }
  const build: Build = (config) => ({ sources: [], img: attrs(config, props.value) })
  let last: Attributes | undefined
  const stops: (() => void)[] = []
  const render = (): void => {
    const next = choose(build, configOf(context)).img
    apply(img, next, last)
    last = next
  }
  // Only what is hydrated is in its place already.
  const isHydrated = img.parentNode !== null
  img.addEventListener('error', onError)
  return {
    start: () => void stops.push(watchEffect(render)),
    check: () => void stops.push(watch(img, isWanted, isHydrated)),
    show: (next) => void (props.value = next),
    stop() {
      for (const end of stops) end()
      img.removeEventListener('error', onError)
    },
  }
}
