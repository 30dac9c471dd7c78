import type { Read } from './htmx.ts'

/** What a page says about an image by the attributes `hx-img…`. */
export interface Settings {
  readonly off: boolean
  readonly preset: string | undefined
  readonly quality: string | undefined
  /** In CSS pixels. */
  readonly width: number | undefined
  readonly sizes: string | undefined
  /** For images that say nothing of what they show. */
  readonly alt: string | undefined
}

/** Nearest first: the image and what is around it in the fragment, where it will be, and who asked for it. */
export function settingsOf(image: Element, places: readonly Element[], read: Read): Settings {
  const say = (name: string): string | undefined => [image, ...places].map((place) => read(place, `hx-img${name}`)).find((value) => value != null)!
  const img = say('')
  return {
    off: img === 'off',
    preset: img,
    quality: say('-quality'),
    width: pixels(say('-width')),
    sizes: say('-sizes'),
    alt: say('-alt'),
  }
}

/** A length as the attributes width and height have it; undefined for anything else, as `50%`. */
export function pixels(text: string | undefined): number | undefined {
  return Number(text) || undefined
}
