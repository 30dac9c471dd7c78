import type { Config } from '@gip4all/core'
import { write } from './changes.ts'

/** Lets the browser connect before the first image asks. Images ask without CORS, so the link does. */
export function preconnect(config: Config | undefined): void {
  if (config?.mode !== 'on' || !config.endpoint) return
  if (config.endpoint.startsWith(location.origin)) return
  const link = document.createElement('link')
  write(link, { rel: 'preconnect', href: config.endpoint })
  document.head.append(link)
}
