import type { App, MaybeRefOrGetter } from 'vue'
import type { Config } from '@gip4all/core'
import { gipKey, type GipContext } from './context.ts'

/**
 * The plugin: `app.use(gip, config)` provides the config to the app's images. All that is kept is the
 * app's, so a server makes one app a request, as Vue asks for anyway.
 */
export const gip = {
  install(app: App, config?: MaybeRefOrGetter<Config | undefined>, options?: Pick<GipContext, 'marker'>): void {
    app.provide(gipKey, { ...options, config })
  },
}
