/** `gip:rewrite`, on the place where a fragment goes, before it goes there. */
export interface Rewrite {
  /** The images that come through gip, by the addresses that the fragment had. */
  readonly originals: readonly string[]
}

/** `gip:fallback`, on an image that is shown as its original from now on; `gip:error`, when that failed too. */
export interface Fallback {
  /** Its address. */
  readonly original: string
}

/** What an event's name says about its detail. */
export interface Details {
  'gip:rewrite': Rewrite
  'gip:fallback': Fallback
  'gip:error': Fallback
}

/** An element that is not in the page tells the document. */
export function fire<Name extends keyof Details>(place: Element | undefined, name: Name, detail: Details[Name]): void {
  const target = place?.isConnected ? place : document
  target.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }))
}
