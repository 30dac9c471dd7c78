import type { AllowedComponentProps, ComponentPublicInstance, Ref, VNode, VNodeProps } from 'vue'
import type { Attributes } from '@gip4all/core'
import type { Failure } from './fallback.ts'

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

/** Of `style` Vue understands more than core; `key`, `ref` and `class` are any component's. */
type Given<P> = P extends unknown ? Omit<P, 'style'> & Listeners & VNodeProps & AllowedComponentProps : never
