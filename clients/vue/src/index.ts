/**
 * `@gip4all/vue`: images through gip in Vue 3, on servers and in browsers. Whatever fails, the visitor
 * sees the original: asked for once, told by one `fallback` event. It keeps nothing outside an app.
 */
export type { Bound, Exposed, ImageComponent, Listeners, Scope } from './component.ts'
export { gipKey, type GipContext } from './context.ts'
export { FALLBACK_EVENT, vGip } from './directive.ts'
export type { Failure } from './fallback.ts'
export { GipImage } from './image.ts'
export { GipPicture } from './picture.ts'
export { gip } from './plugin.ts'
export { useGip, type Gip } from './use.ts'
