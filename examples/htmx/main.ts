import { parseConfig } from '@gip4all/core'
import { register } from '@gip4all/htmx'
import htmx from 'htmx.org'

/**
 * This page shows its photographs at once, so it waits for the config; without one they are
 * originals. Pages whose fragments come later say `register(htmx, remote(address))`, which also
 * asks again.
 */
async function start(address: string): Promise<void> {
  const answer = await fetch(address).catch(() => undefined)
  const config = parseConfig(await answer?.json().catch(() => undefined))
  register(htmx, () => config)
  htmx.trigger('main', 'photos', {})
}

const { config = '' } = document.currentScript!.dataset
addEventListener('DOMContentLoaded', () => void start(config))
