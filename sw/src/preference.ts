/** Where a visitor's wish for fewer bytes is kept. */
const KEY = 'gip-reduce'

/** What pages see as `window.gip`. */
export interface Preference {
  /** Set it to true for smaller images in lower quality, to false to go back; it is remembered. */
  reduceData: boolean
}

/**
 * Makes `gip.reduceData`, which a site's own switch sets. What a page has set before this script
 * came counts; where storage is forbidden, it holds for this page.
 */
export function createPreference(given: Partial<Preference> | undefined, open: () => Storage, changed: () => void): Preference {
  let reduce = given?.reduceData ?? attempt(() => open().getItem(KEY) === 'on') ?? false
  const store = () => attempt(() => (reduce ? open().setItem(KEY, 'on') : open().removeItem(KEY)))
  if (given?.reduceData !== undefined) store()
  return {
    get reduceData() {
      return reduce
    },
    set reduceData(wanted) {
      reduce = wanted
      store()
      changed()
    },
  }
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
