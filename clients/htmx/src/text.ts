import { imagesOf } from './images.ts'

/** Comments, elements whose content is no markup, and the tags of images, where a quoted value may hold `>`. */
const TAGS =
  /<!--[^]*?(?:-->|$)|<(script|style|textarea|title|xmp|iframe|noembed|noframes)\b[^]*?<\/\1|(<(?:img|source)(?=[\s/]))((?:[^>=]|=\s*(?:"[^"]*"|'[^']*')|=(?!\s*["']))*>)/gi

/** By this a tag says which element it has become. */
const NUMBER = 'data-gip-tag'

/**
 * Changes the images of HTML that is still text, and not one other character: htmx and other
 * extensions see `<tr>`, `<body>` and `<head>` as they came. The text is parsed beside, in a document
 * that loads nothing, so that `change` sees each image with everything around it.
 */
export function changeText(html: string, change: (images: readonly Element[], fragment: DocumentFragment) => void): string {
  let count = 0
  const numbered = html.replace(TAGS, (tag, _, start, rest) => (start ? `${start} ${NUMBER}="${count++}"${rest}` : tag))
  if (!count) return html
  const fragment = parse(numbered)
  const images = imagesOf(fragment)
  const changed = new Map(images.map((image) => {
    const number = image.getAttribute(NUMBER)
    image.removeAttribute(NUMBER)
    const before = image.outerHTML
    return [number, () => (image.outerHTML === before ? '' : image.outerHTML)]
  }))
  change(images, fragment)
  count = 0
  return html.replace(TAGS, (tag, _, start) => (start && changed.get(`${count++}`)?.()) || tag)
}

/** A template takes every element, also rows without their table. */
function parse(html: string): DocumentFragment {
  return new DOMParser().parseFromString(`<template>${html}</template>`, 'text/html').querySelector('template')!.content
}

/** Whether it is a page, not a part of one. */
export function isWhole(html: string): boolean {
  return /<(html|body)[\s>]/i.test(html)
}
