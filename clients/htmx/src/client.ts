import { isSwitchedOff, type Config, type SiteConfig } from '@gip4all/core'
import { fire } from './events.ts'
import { rewriteAll, type Arrival } from './fragment.ts'
import type { Read } from './htmx.ts'
import { imagesOf, isSettled } from './images.ts'
import { changeText } from './text.ts'

/** What both versions' hooks do. */
export interface Client {
  /** Rewrites what is about to be in the page, as far as that can be understood already. */
  readonly arrive: (arrival: Arrival) => void
  /** The same for a fragment that is still text. */
  readonly arriveText: (html: string, choose: (images: readonly Element[], fragment: DocumentFragment) => Arrival) => string
  /** Rewrites what has just been inserted, before any browser has begun to load, and was not rewritten. */
  readonly settle: (nodes: readonly Node[]) => void
}

/** The site's config; undefined while gip is off. It is asked anew for each fragment. */
export type Source = () => SiteConfig | undefined

export function createClient(source: Source, read: Read): Client {
  function show(arrival: Arrival): void {
    const site = source()
    const config: Config | undefined = site && { ...site, base: document.baseURI }
    const originals = config ? rewriteAll(arrival, config, read) : []
    if (originals[0]) fire(arrival.places[0], 'gip:rewrite', { originals })
  }
  const arrive = (arrival: Arrival): void => show({ ...arrival, images: arrival.images.filter(isSettled) })
  return {
    arrive,
    arriveText: (html, choose) => (source() ? changeText(html, (images, fragment) => arrive(choose(images, fragment))) : html),
    settle(nodes) {
      for (const place of nodes) {
        // What is complete was preserved, not inserted.
        if (place instanceof Element) show({ images: imagesOf(place).filter((image) => !(image as HTMLImageElement).complete), places: [place] })
      }
    },
  }
}

/** Whether a site's config, this page and this visitor all want gip. */
export function whileOn(source: Source): Source {
  return () => {
    const config = source()
    return config?.mode === 'on' && !isSwitchedOff(location.search, () => localStorage) ? config : undefined
  }
}
