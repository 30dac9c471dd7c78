import { parseConfig, type SiteConfig } from '@gip4all/core'

/** As long as config.json may be kept: so soon the site's owner can turn gip off on pages that stay open. */
const FRESH = 60_000

/**
 * The config at an address, as last heard: it is asked for now, and again when it is asked about
 * and old. undefined until the first answer. A server that does not answer changes nothing: its
 * images become originals one by one.
 */
export function remote(address: string): () => SiteConfig | undefined {
  let config: SiteConfig | undefined
  let heard = 0
  async function ask(): Promise<void> {
    heard = Date.now()
    const answer = await fetch(address, { credentials: 'omit', cache: 'no-cache' })
    if (answer.ok) config = parseConfig(await answer.json())
  }
  const refresh = (): void => void ask().catch((error: unknown) => console.info('gip:', error))
  refresh()
  return () => {
    if (Date.now() - heard > FRESH) refresh()
    return config
  }
}
