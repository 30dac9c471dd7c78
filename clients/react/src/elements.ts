import type { Attributes, Picture } from '@gip4all/core'
import { createElement, type ReactElement } from 'react'
import { reactProps } from './names.ts'

/**
 * What an image loses on failure is named, and last, for React changes attributes in the order of
 * the next props. Chromium may load another candidate, or the old src, at once when `sizes` or
 * `srcset` goes before the new src is there.
 */
const NONE = { srcSet: undefined, sizes: undefined }

/** `own` are props that win over the attributes: a ref, listeners. */
export function imageElement(attributes: Attributes, own?: object): ReactElement {
  return createElement('img', { ...reactProps(attributes), ...(!attributes.srcset && NONE), ...own })
}

/** The image keeps its place among the children, however many sources there are: it stays the same element. */
export function pictureElement({ sources, img }: Picture, own?: object): ReactElement {
  const before = sources.map((source, key) => createElement('source', { key, ...reactProps(source), sizes: source.sizes }))
  return createElement('picture', null, before, imageElement(img, own))
}
