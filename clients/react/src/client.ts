'use client'
/**
 * `@gip4all/react/client`: images by way of gip that show their originals where the backend fails,
 * also if that was before the page could listen. Servers render them too.
 */
export { Image, Picture } from './components.ts'
export type { Fallback, FallbackProps, ImageProps, PictureProps } from './props.ts'
export { GipProvider, useGip, type GipProviderProps } from './provider.ts'
