import { preload, type Attributes } from '@gip4all/core'
import { createElement, type ReactElement } from 'react'
import * as ReactDOM from 'react-dom'
import { coreProps, reactProps } from './names.ts'
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
 * on there is no need for it: the image does it by itself.
 */
export function Preload({ config, ...props }: ImageProps & { readonly priority: true }): ReactElement | null {
  const { crossOrigin, referrerPolicy } = props
  const link = preload(config, coreProps(props) as ReturnType<typeof coreProps> & { readonly priority: true })
  return dom.preload ? null : createElement('link', { ...reactProps(link), crossOrigin, referrerPolicy })
}

/** What else of an image must be the same for browsers to take a preload for it. */
type Requested = Pick<ReactDOM.PreloadOptions, 'crossOrigin' | 'referrerPolicy'>
