import type { SourceName } from './sources.ts'

export type Options = Readonly<Record<string, unknown>>

/** What an answer must be. "The rest" is the same URL without the option. */
export type Outcome =
  | { readonly is: 'other'; readonly test?: (body: Buffer) => boolean } // an image of the rest's size and type, of other bytes
  | { readonly is: 'same' } // the very bytes of the rest
  | { readonly is: 'original' } // the very bytes of the source
  | { readonly is: 'picture'; readonly size?: string; readonly type?: string; readonly frames?: number; readonly most?: number }
  | { readonly is: 'header'; readonly name: string; readonly matches: RegExp }
  | { readonly is: 'refused'; readonly status: number; readonly says: RegExp }

/** One row: an option of imgproxy's client by all of its names there, what it is given, and what comes of it. */
export interface Row {
  readonly names: readonly string[]
  readonly value: unknown
  readonly outcome: Outcome
  /** The options beside it. */
  readonly beside: Options
  readonly source: SourceName
  /** Whether gip has the option: docs/imgproxy.md must say the same. */
  readonly works: boolean
}

function row(names: string, value: unknown, outcome: Outcome, more: Partial<Row>): Row {
  return { names: names.split(' '), value, outcome, beside: { width: 300 }, source: 'photo.png', works: true, ...more }
}

type More = Pick<Partial<Row>, 'beside' | 'source'>

export function changes(names: string, value: unknown, beside: Options = { width: 300 }): Row {
  return row(names, value, { is: 'other' }, { beside })
}

export function keeps(names: string, value: unknown, more: More = {}): Row {
  return row(names, value, { is: 'same' }, more)
}

export function sized(names: string, value: unknown, size: string, beside: Options = {}, source: SourceName = 'photo.png'): Row {
  return row(names, value, { is: 'picture', size }, { beside, source })
}

export function pictured(names: string, value: unknown, picture: Omit<Outcome & { is: 'picture' }, 'is'>, more: More = {}): Row {
  return row(names, value, { is: 'picture', ...picture }, more)
}

export function holds(names: string, value: unknown, test: (body: Buffer) => boolean, more: More = {}): Row {
  return row(names, value, { is: 'other', test }, more)
}

export function original(names: string, value: unknown, beside: Options = {}): Row {
  return row(names, value, { is: 'original' }, { beside })
}

export function header(names: string, value: unknown, name: string, matches: RegExp, beside: Options = { width: 300 }): Row {
  return row(names, value, { is: 'header', name, matches }, { beside })
}

/** gip has the option, but not with this value. */
export function declined(names: string, value: unknown, says: RegExp, status = 400): Row {
  return row(names, value, { is: 'refused', status, says }, {})
}

/** gip does not have the option. */
export function unknown(names: string, value: unknown, beside: Options = {}): Row {
  return row(names, value, { is: 'refused', status: 400, says: /unknown option/ }, { works: false, beside })
}
