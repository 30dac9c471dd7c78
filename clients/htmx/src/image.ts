import { MARK, type Config } from '@gip4all/core'
import { addressOf, candidates, rungsOf } from '@gip4all/core/parts'
import { pixels, type Settings } from './settings.ts'
import { mapSrcset } from './srcset.ts'

/** What chooses an image's file beside its src; what its author said by them is kept under this prefix. */
const CHOICES = ['srcset', 'sizes']
const KEPT = 'data-gip-'

/** Whether nothing is left to do: rewritten, or fallen back to the original. */
export function isDone(image: Element): boolean {
  return image.hasAttribute(MARK)
}

/** Whether an address of it is gip's. */
export function isRewritten(image: Element): boolean {
  return Boolean(image.getAttribute(MARK)) || image.hasAttribute(`${KEPT}srcset`)
}

/** The address that its author gave it. */
export function originalOf(image: Element): string {
  const names = [MARK, `${KEPT}srcset`, 'src', 'srcset']
  return names.map((name) => image.getAttribute(name)).find(Boolean) ?? ''
}

/** Lets an `<img>`, or a `<source>` of a `<picture>`, come through gip. Gives whether anything of it does now. */
export function rewrite(image: Element, config: Config, settings: Settings): boolean {
  if (isDone(image)) return false
  // Who said so may be out of sight when the image is looked at again.
  if (settings.off) image.setAttribute(MARK, '')
  const srcset = image.getAttribute('srcset')
  const changes = settings.off ? undefined : srcset ? changeSrcset(image, srcset, config, settings) : changeSrc(image, config, settings)
  if (!changes) return false
  const kept = CHOICES.map((name) => [KEPT + name, image.getAttribute(name)] as const)
  for (const [name, value] of [...kept, ...Object.entries(changes)]) if (value != null) image.setAttribute(name, value)
  return true
}

/** What is to be written, in this order, `src` last; what has no value stays as it is. */
type Changes = Readonly<Record<string, string | null | undefined>>

/** Its author chose the files: each keeps its own pixels, for the layout may rest on them. */
function changeSrcset(image: Element, own: string, config: Config, look: Settings): Changes | undefined {
  const change = (original: string): string => addressOf(config, original, look)?.() ?? original
  const src = image.getAttribute('src')
  const changes = { srcset: mapSrcset(own, change), [MARK]: src ?? '', src: src && change(src) }
  return changes.srcset === own && changes.src === src ? undefined : changes
}

/** As core's attrs, but for styles: the page's own say how large its images are. */
function changeSrc(image: Element, config: Config, settings: Settings): Changes | undefined {
  const own = (name: string): string | undefined => image.getAttribute(name) ?? undefined
  const src = own('src') ?? ''
  const address = addressOf(config, src, settings)
  if (!address) return undefined
  const width = settings.width ?? pixels(own('width'))
  const sizes = settings.sizes ?? own('sizes')
  const loading = own('loading') ?? (own('fetchpriority') === 'high' ? 'eager' : 'lazy')
  // Without a width of its own, an image that has sizes may need every rung.
  const choice = { width, sizes, fill: Boolean(sizes) && !width, unstyled: true }
  return {
    loading,
    decoding: own('decoding') ?? 'async',
    ...candidates(address, rungsOf(config.widths, choice), choice),
    [MARK]: src,
    src: address(width),
  }
}

/** Gives it back the addresses that its author gave it, `src` last; without any, it chooses nothing. */
export function restore(image: Element): void {
  for (const name of CHOICES) {
    const own = image.getAttribute(KEPT + name)
    if (own === null) image.removeAttribute(name)
    else image.setAttribute(name, own)
    image.removeAttribute(KEPT + name)
  }
  const src = image.getAttribute(MARK)
  image.removeAttribute(MARK)
  if (src) image.setAttribute('src', src)
}
