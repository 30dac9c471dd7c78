/**
 * The cases that core and every adapter run: the same props give the same attributes, and after a
 * failure the same originals. They stand in `backend/vectors/client-attrs.json`, for PHP reads them too.
 */
import file from '../../backend/vectors/client-attrs.json' with { type: 'json' }
import schema from '../../backend/vectors/schema.json' with { type: 'json' }
import { parseConfig, type Config } from '../core/src/config.ts'
import type { PictureProps } from '../core/src/picture.ts'

/** An element's attributes as HTML has them, in the order in which they are set; `src` is the last. */
export type Markup = Readonly<Record<string, string>>

/** An `<img>`, and the `<source>` elements before it where it stands in a `<picture>`. */
export interface Shown {
  readonly img: Markup
  readonly sources?: readonly Markup[]
}

export interface Case {
  readonly name: string
  /** undefined: there is none. */
  readonly config: Config | undefined
  /** With `sources`, even of none, the case is a `<picture>`. */
  readonly props: PictureProps
  /** What a page gets. */
  readonly shown: Shown
  /** What it gets once an image could not be shown. */
  readonly failed: Shown
}

/** The site of the cases. */
export const CONFIG: Config = siteOfCases()

/** What the file says that it holds: a shortened one must not pass quietly. */
export const COUNT = file.count

export const CASES: readonly Case[] = file.cases.map((each) => {
  const config = each.config === null ? undefined : { ...CONFIG, ...(each.config as Partial<Config> | undefined) }
  return { ...(each as unknown as Case), config }
})

function siteOfCases(): Config {
  const config = parseConfig({ ...schema.config, ...file.config })
  if (!config) throw new TypeError('client-attrs.json holds no config')
  return config
}
