import type { SiteConfig } from '@gip4all/core'
import { whileOn } from './client.ts'
import { watchFailures } from './fallback.ts'
import { NAME, type Htmx } from './htmx.ts'
import { extension2 } from './htmx2.ts'
import { extension4 } from './htmx4.ts'

/**
 * Lets images come through gip in all that htmx swaps into this page. `config` is asked at each
 * swap; while it gives nothing, or a mode that is not `on`, the originals are shown. Call what this
 * gives to end it: from then on originals arrive, and the page stays as it is.
 *
 * htmx 2 needs `hx-ext="gip"` on the body too.
 */
export function register(htmx: Htmx, config: () => SiteConfig | undefined): () => void {
  let ended = false
  const source = whileOn(() => (ended ? undefined : config()))
  // htmx 4 has the name of version 2 as well, for other hooks.
  if ('registerExtension' in htmx) htmx.registerExtension(NAME, extension4(source))
  else htmx.defineExtension(NAME, extension2(source))
  const forget = watchFailures()
  return () => {
    ended = true
    forget()
  }
}
