/**
 * `@gip4all/react`: images by way of gip, of no hooks and no state: for server components, and for
 * pages without scripts. Nobody hears of a failure there: `@gip4all/react/client` shows the original.
 */
export { nextLoader, type LoaderProps } from './next.ts'
export { Preload } from './preload.ts'
export type { ImageProps, PictureProps } from './props.ts'
export { Image, Picture } from './server.ts'
