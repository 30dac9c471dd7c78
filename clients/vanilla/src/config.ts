import { isSwitchedOff, parseConfig, type Config } from '@gip4all/core'

/** Milliseconds for a question that images wait for. */
const PATIENCE = 3_000

/**
 * The site's config as the backend tells it, resolved against this page. undefined, and so the
 * originals, when the visitor wants no gip, and when the backend does not answer.
 */
export async function loadConfig(endpoint: string, site: string): Promise<Config | undefined> {
  if (isSwitchedOff(location.search, () => localStorage)) return undefined
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), PATIENCE)
  try {
    // From the browser's cache if it is there: a minute, in which the site's mode may be an old one.
    const response = await fetch(`${endpoint}/s/${site}/config.json`, { credentials: 'omit', signal: controller.signal })
    const config = response.ok ? parseConfig(await response.json()) : undefined
    return config && { ...config, base: document.baseURI }
  } catch {
    return undefined
  } finally {
    clearTimeout(timer)
  }
}
