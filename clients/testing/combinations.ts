/**
 * What an author may say of an image and what not, as types: the same for every client. tsc is the
 * test (`npm run check`): a client says which of them its props take.
 */

interface Said {
  readonly src: string
  readonly alt: string
}
type Of<P> = Said & Readonly<P>
type Boxed = Of<{ width: number; height: number }>

/** Combinations that mean something. `Priority` is the client's name of HTML's `fetchpriority`. */
export interface Meaningful<Priority extends string = 'fetchpriority'> {
  'two of three': Boxed
  'a width and a ratio': Of<{ width: number; aspectRatio: number }>
  'a fixed height and a ratio': Of<{ height: number; aspectRatio: number; layout: 'fixed' }>
  'as wide as the page, by a ratio': Of<{ layout: 'fullWidth'; aspectRatio: number }>
  'as wide as the page, and so high': Of<{ layout: 'fullWidth'; height: number }>
  'fills a box': Of<{ fill: true; sizes: string }>
  'first': Boxed & Readonly<{ priority: true; loading: 'eager' } & Record<Priority, 'high'>>
  'late': Boxed & Readonly<{ priority: false; loading: 'lazy' }>
  'of a level': Boxed & Readonly<{ quality: string }>
  'whose failures are the page’s': Boxed & Readonly<{ fallback: false }>
}

/** Those where something is missing. */
export interface Incomplete {
  'no dimensions': Said
  'one of two': Of<{ width: number }>
  'fixed without dimensions': Of<{ layout: 'fixed' }>
  'as wide as the page, and as high as nobody knows': Of<{ layout: 'fullWidth' }>
  'fills a box of which nothing is said': Of<{ fill: true }>
  'nothing for those who do not see it': Readonly<{ src: string; width: number; height: number }>
  'no image': Readonly<{ alt: string; width: number; height: number }>
}

/** Those that contradict themselves. */
export interface Contradictory<Priority extends string = 'fetchpriority'> {
  'three of two': Boxed & Readonly<{ aspectRatio: number }>
  'as wide as the page, and of a width': Of<{ layout: 'fullWidth'; width: number; aspectRatio: number }>
  'fills a box, and has a layout': Of<{ fill: true; sizes: string; layout: 'fixed' }>
  'fills a box, and is as wide as the page': Of<{ fill: true; sizes: string; layout: 'fullWidth'; height: number }>
  'fills a box, and has dimensions': Boxed & Readonly<{ fill: true; sizes: string }>
  'first and last': Boxed & Readonly<{ priority: true; loading: 'lazy' }>
  'first and unimportant': Boxed & Readonly<{ priority: true } & Record<Priority, 'low'>>
  'a level that is a number': Boxed & Readonly<{ quality: number }>
  'a fallback that is asked for': Boxed & Readonly<{ fallback: true }>
  'not a layout': Boxed & Readonly<{ layout: 'responsive' }>
  'dimensions in words': Of<{ width: string; height: string }>
}

/** The names of the combinations that the props take. */
export type Taken<Props, Combinations> = {
  [Name in keyof Combinations]: Combinations[Name] extends Props ? Name : never
}[keyof Combinations]
