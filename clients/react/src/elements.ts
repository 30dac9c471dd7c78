import type { Attributes, Picture } from '@gip4all/core'
import { createElement, type ReactElement } from 'react'
import { reactProps } from './names.ts'

/**
 * What an image loses on failure is named, for React takes it away in the order of the next props:
 * srcset first. Chromium loads another candidate at once when `sizes` goes while there is a srcset.
 */
const NONE = { srcSet: undefined, sizes: undefined }

/** `own` are props that win over the attributes: a ref, listeners. */
export function imageElement(attributes: Attributes, own?: object): ReactElement {
  return createElement('img', { ...(attributes.srcset ? {} : NONE), ...reactProps(attributes), ...own })
}

/** The image keeps its place among the children, however many sources there are: it stays the same element. */
export function pictureElement({ sources, img }: Picture, own?: object): ReactElement {
  const before = sources.map((source, key) => createElement('source', { key, ...reactProps(source), sizes: source.sizes }))
  return createElement('picture', null, before, imageElement(img, own))
}
