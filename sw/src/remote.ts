import { isRefusal } from './ask.ts'
import { parseConfig, type SiteConfig } from '../../clients/core/src/config.ts'
import { createDeadline } from './deadline.ts'
import type { Deps } from './env.ts'

/** Milliseconds for a question that no visitor waits for. */
const PATIENCE = 10_000
const HEALTH_PATIENCE = 2_000

/** Whether the backend answers at all. */
export async function isHealthy(deps: Deps): Promise<boolean> {
  const answer = await get(`${deps.endpoint}/health`, HEALTH_PATIENCE, deps)
  return answer?.status === 200
}

/**
 * The site's config as the backend tells it now. `refused`: the backend does not know this site
 * any more, because its token was revoked. undefined: there is no telling.
 */
export async function fetchConfig(base: string, deps: Deps): Promise<SiteConfig | 'refused' | undefined> {
  const answer = await get(`${base}/config.json`, PATIENCE, deps)
  if (answer && isRefusal(answer.status)) return 'refused'
  return answer?.status === 200 ? parseConfig(parseJSON(answer.text)) : undefined
}

async function get(url: string, patience: number, deps: Deps): Promise<{ status: number; text: string } | undefined> {
  const deadline = createDeadline(deps)
  deadline.within(patience)
  try {
    const response = await deps.fetch(url, { credentials: 'omit', cache: 'no-cache', signal: deadline.signal })
    return { status: response.status, text: await response.text() }
  } catch {
    return undefined
  } finally {
    deadline.stop()
  }
}

function parseJSON(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
