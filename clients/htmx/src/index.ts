/**
 * `@gip4all/htmx`: images in what htmx 2 and 4 swap into a page come through gip. Fragments are
 * rewritten before they are inserted, so that no browser ever asks for an original; what cannot be
 * shown becomes its original. It touches no image that was on the page before htmx.
 */
export { register } from './register.ts'
export { remote } from './remote.ts'
export type { Htmx, Htmx2, Htmx4 } from './htmx.ts'
export type { Details, Fallback, Rewrite } from './events.ts'
export type { Mode, SiteConfig } from '@gip4all/core'
