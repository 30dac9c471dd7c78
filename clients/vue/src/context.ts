import { inject, toValue, type InjectionKey, type MaybeRefOrGetter } from 'vue'
import type { Config } from '@gip4all/core'

/** What an app, or a part of it, tells its images. */
export interface GipContext {
  /** undefined shows originals. A ref or a getter may change it while the page is open. */
  readonly config?: MaybeRefOrGetter<Config | undefined>
  /**
   * false: no `onerror` attribute in what a server renders. A page whose CSP forbids inline scripts
   * needs that; it loses only failures that a browser forgets before Vue is there.
   */
  readonly marker?: boolean | undefined
}

/**
 * Where a context is provided: `app.use(gip, config)` does it for the app, `provide(gipKey, context)`
 * for a part of it. Registered by name, so that a page with two copies of this file has one key.
 */
export const gipKey: InjectionKey<GipContext> = Symbol.for('@gip4all/vue')

/** The context of the component that is being set up; without one, images are originals. */
export function useContext(): GipContext {
  return inject(gipKey, {})
}

/** The config as it is now. In a computation it is followed. */
export function configOf({ config }: GipContext): Config | undefined {
  return toValue(config)
}
