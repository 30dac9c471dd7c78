import type { Attributes, Picture } from '@gip4all/core'
import { createElement, type ReactElement } from 'react'
import { reactProps } from './names.ts'

/** `own` are props that win over the attributes: a ref, listeners. */
export function imageElement(attributes: Attributes, own?: object): ReactElement {
  return createElement('img', { ...reactProps(attributes), ...own })
}

/** The image keeps its place among the children, however many sources there are: it stays the same element. */
export function pictureElement({ sources, img }: Picture, own?: object): ReactElement {
  const before = sources.map((source, key) => createElement('source', { key, ...reactProps(source) }))
  return createElement('picture', null, before, imageElement(img, own))
}
