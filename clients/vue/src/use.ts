import { computed, type ComputedRef } from 'vue'
import { attrs, preload, url, type Attributes, type Config, type Preload, type Props, type URLOptions } from '@gip4all/core'
import { configOf, useContext } from './context.ts'

/** Core's functions with the app's config. In a template or a computation they follow it. */
export interface Gip {
  readonly config: ComputedRef<Config | undefined>
  /** One address, for backgrounds and placeholders. */
  url(src: string, options?: URLOptions): string
  /** The attributes of an `<img>`. */
  attrs(props: Props): Attributes
  /** The attributes of a `<link>`, for `useHead`. */
  preload(props: Props & { readonly priority: true }): Preload
}

/** What a component needs that renders its images itself. */
export function useGip(): Gip {
  const context = useContext()
  return {
    config: computed(() => configOf(context)),
    url: (src, options) => url(configOf(context), src, options),
    attrs: (props) => attrs(configOf(context), props),
    preload: (props) => preload(configOf(context), props),
  }
}
