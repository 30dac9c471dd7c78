import { attrs, MARK, picture, styleText, type Attributes, type Config, type Picture, type PictureProps } from '@gip4all/core'
import { settle, sourcesOf, write } from './changes.ts'
import { NAMES, propsOf } from './props.ts'
import type { Client } from './client.ts'

/** `<gip-image>` as scripts see it. */
export interface GipImage extends HTMLElement {
  /** What attributes cannot say, or not yet; it wins over them. */
  props: Partial<PictureProps>
  /** The `<img>` inside, once the element is in a page. */
  readonly image: HTMLImageElement
}

/** Defines the element, unless the page has one of that name. An `<img>` that is in it already stays as it is. */
export function defineGipImage(client: Server, name = 'gip-image'): void {
  if (customElements.get(name)) return
  // A base class is what browsers ask for; all else is in functions.
  customElements.define(name, class extends HTMLElement implements GipImage {
    declare private readonly inner: Inner
    static get observedAttributes(): readonly string[] {
      return NAMES
    }
    constructor() {
      super()
      this.inner = createInner(this, client)
    }
    get image(): HTMLImageElement {
      return this.inner.image
    }
    get props(): Partial<PictureProps> {
      return this.inner.props
    }
    set props(props) {
      this.inner.props = props
      this.inner.change()
    }
    connectedCallback(): void {
      this.inner.connect()
    }
    attributeChangedCallback(): void {
      this.inner.change()
    }
  })
}

/** What of a client the element needs. */
type Server = Pick<Client, 'config' | 'rescue'>

/** An element's image, and what is known of it. */
interface Inner {
  readonly image: HTMLImageElement
  props: Partial<PictureProps>
  connect(): void
  /** However many attributes change at once, the image changes once. */
  change(): void
}

function createInner(host: HTMLElement, { config, rescue }: Server): Inner {
  const image = new Image()
  // Neither bubbles, and pages listen to the element.
  for (const type of ['load', 'error']) image.addEventListener(type, () => host.dispatchEvent(new Event(type)))
  let isDue = false
  let failed: string | undefined

  function update(): void {
    isDue = false
    const props = { ...propsOf(host), ...inner.props } as PictureProps
    const isOurs = show(host, image, failed === props.src ? undefined : config, props)
    rescue.guard(image, isOurs && props.fallback !== false && (() => {
      failed = props.src
      show(host, image, undefined, props)
    }))
  }
  const inner: Inner = {
    image,
    props: {},
    connect() {
      const own = host.querySelector('img')
      if (own && own !== image) return
      host.style.display ||= 'contents'
      update()
    },
    change() {
      if (isDue || !image.isConnected) return
      isDue = true
      queueMicrotask(update)
    },
  }
  return inner
}

/** Renders the image, in its `<picture>` if it has one; whether any of it may come from the backend. */
function show(host: Element, image: HTMLImageElement, config: Config | undefined, props: PictureProps): boolean {
  const { sources, img }: Picture = props.sources ? picture(config, props) : { sources: [], img: attrs(config, props) }
  const box = props.sources ? pictureOf(image) : image
  if (!host.contains(image)) host.append(box)
  if (!img.srcset) settle(image, img.src)
  const old = sourcesOf(image)
  const next = sources.map((source) => set(document.createElement('source'), source))
  // WebKit begins what its sources say at once, unless it is lazy by then.
  write(image, { loading: img.loading })
  box.prepend(...next)
  for (const source of old) source.remove()
  set(image, img)
  return config?.mode === 'on' && (img[MARK] !== '' || sources.length > 0)
}

function pictureOf(image: HTMLImageElement): Element {
  if (image.parentElement?.localName === 'picture') return image.parentElement
  const box = document.createElement('picture')
  image.replaceWith(box)
  box.append(image)
  return box
}

/** What an image before may have had, in core's order. */
const OLD = { loading: undefined, decoding: undefined, fetchpriority: undefined, sizes: undefined, srcset: undefined }

/** A style goes by way of CSSOM: a page's CSP may forbid the attribute. */
function set(element: HTMLElement, attributes: Attributes | Picture['sources'][number]): Element {
  const { style, ...rest } = attributes as Attributes
  if (style) element.style.cssText = styleText(style)
  else element.removeAttribute('style')
  write(element, { ...OLD, ...rest })
  return element
}
