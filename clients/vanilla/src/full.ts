/**
 * gip-full.js, the whole client in one tag, with or without gip.js and its worker:
 *
 *     <script async src="https://img.example/gip-full.js" data-site="NAME.TOKEN"></script>
 *
 * A site that serves this file itself says `data-endpoint="https://img.example"` too.
 */
import { start } from './client.ts'
import { loadConfig } from './config.ts'
import { defineGipImage } from './element.ts'

const { src, dataset } = document.currentScript as HTMLScriptElement
const endpoint = dataset['endpoint'] ?? new URL('.', src).href

void loadConfig(endpoint.replace(/\/+$/, ''), dataset['site'] ?? '').then((config) => {
  const client = start(config)
  // Not before the page is read: an element's own <img> must be there when it is asked for.
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', () => defineGipImage(client))
  else defineGipImage(client)
})
