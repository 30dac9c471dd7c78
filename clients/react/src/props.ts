import type { ArtDirected, Config, Props } from '@gip4all/core'
import type { ComponentPropsWithoutRef, CSSProperties, Ref } from 'react'

/** What an author says about an image: core's props by React's names, and whatever else an `<img>` takes. */
export type ImageProps = Named<Props> & Others

/** An image, and which images to show in its place. The first whose media matches wins. */
export type PictureProps = ImageProps & { readonly sources?: readonly ArtDirected[] | undefined }

/** What the components of the client entry take besides. */
export interface FallbackProps {
  /** Called once for an image that the backend could not show; the original is then on its way. */
  readonly onFallback?: ((fallback: Fallback) => void) | undefined
}

/** A failure that visitors do not see. */
export interface Fallback {
  /** The original, as the author says it. */
  readonly src: string
  /** The address that could not be shown. */
  readonly failed: string
  readonly image: HTMLImageElement
}

/** Distributes over the union, so that what means nothing stays a compile error. */
type Named<P> = P extends Props
  ? Omit<P, 'fetchpriority' | 'style'> & { readonly fetchPriority?: P['fetchpriority']; readonly style?: CSSProperties | undefined }
  : never

type Others = Omit<ComponentPropsWithoutRef<'img'>, keyof Props | 'fetchPriority' | 'srcSet'> & {
  /** The site's. Without one, images are their originals. */
  readonly config?: Config | undefined
  readonly ref?: Ref<HTMLImageElement> | undefined
}
