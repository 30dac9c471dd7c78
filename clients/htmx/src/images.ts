/** The images of a fragment, in order, with the sources of pictures, and with those that wait in templates. */
export function imagesOf(root: ParentNode): Element[] {
  const all = [...root.querySelectorAll('img, picture > source, template')]
  // htmx gives some events the element itself.
  if (root instanceof Element && root.matches('img')) all.unshift(root)
  return all.flatMap((element) => (element.localName === 'template' ? imagesOf((element as HTMLTemplateElement).content) : element))
}

/**
 * Whether all addresses of an image mean the same wherever the page goes. htmx changes the page's
 * address with a swap: what is relative to that can be understood only once the image is in the page.
 */
export function isSettled(image: Element): boolean {
  const addresses = ['srcset', 'src'].map((name) => image.getAttribute(name))
  return !/(^|,)\s*(?![\s,/]|[a-z][\w+.-]*:|$)/i.test(addresses.join())
}
