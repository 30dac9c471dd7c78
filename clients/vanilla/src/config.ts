import { isSwitchedOff, parseConfig, type Config } from '@gip4all/core'

/**
 * The site's config as the backend tells it, resolved against this page. undefined, and so the
 * originals, when the visitor wants no gip, and when the backend does not answer.
 */
export async function loadConfig(endpoint: string, site: string): Promise<Config | undefined> {
  // Milliseconds: images wait for this.
  const patience = 3_000
  if (isSwitchedOff(location.search, () => localStorage)) return undefined
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), patience)
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
