/** htmx 2, as far as it is needed to extend it. */
export interface Htmx2 {
  defineExtension(name: string, extension: object): void
}

/** htmx 4, as far as it is needed to extend it. It has no way to take an extension back. */
export interface Htmx4 {
  registerExtension(name: string, extension: object): unknown
}

/** Either version. */
export type Htmx = Htmx2 | Htmx4

/** The name for `hx-ext` (htmx 2), and for the list of those allowed (htmx 4). */
export const NAME = 'gip'

/** An attribute of an element or, as far as htmx lets it be inherited, of those around it; also by its `data-` name. */
export type Read = (element: Element, name: string) => string | null | undefined
