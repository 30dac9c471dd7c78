import { preload, type Attributes } from '@gip4all/core'
import { createElement, version, type ReactElement } from 'react'
import * as ReactDOM from 'react-dom'
import { coreProps, PRIORITY } from './names.ts'
import type { ImageProps } from './props.ts'

/** React has this from 19 on; bundlers are not to look for it in what is older. */
const dom: { readonly preload?: typeof ReactDOM.preload } = ReactDOM

/**
 * Says in the page's head that an image with `priority` is coming, where React can do that from
 * anywhere. React tells what is said twice by srcset and sizes, so the image does not load again.
 */
export function preloadNow(attributes: Attributes): void {
  const { src, srcset, sizes, crossOrigin, referrerPolicy } = attributes as Attributes & Requested
  dom.preload?.(src, { as: 'image', fetchPriority: 'high', imageSrcSet: srcset, imageSizes: sizes, crossOrigin, referrerPolicy })
}

/**
 * The `<link>` that begins to load an image of the same props, for the head of a page. From React 19
 * on it is nothing: there the image does that by itself.
 */
export function Preload({ config, ...props }: ImageProps & { readonly priority: true }): ReactElement | null {
  if (dom.preload) return null
  const core = coreProps(props) as ReturnType<typeof coreProps> & { readonly priority: true }
  const { fetchpriority, imagesrcset, imagesizes, ...link } = preload(config, core)
  const { crossOrigin, referrerPolicy } = props
  // React 17 warns of the capitals that it does not know.
  const named = parseInt(version) > 17 ? { imageSrcSet: imagesrcset, imageSizes: imagesizes } : { imagesrcset, imagesizes }
  return createElement('link', { ...link, ...named, [PRIORITY]: fetchpriority, crossOrigin, referrerPolicy })
}

/** What else of an image must be the same for browsers to take a preload for it. */
type Requested = Pick<ReactDOM.PreloadOptions, 'crossOrigin' | 'referrerPolicy'>
