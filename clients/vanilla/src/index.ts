/**
 * `@gip4all/vanilla`: gip for pages without a framework. `gip-full.js` is all of it in one tag;
 * this is for sites that bundle their own scripts.
 */
export { start, type Client } from './client.ts'
export { loadConfig } from './config.ts'
export { defineGipImage, type GipImage } from './element.ts'
export { FALLBACK } from './rescue.ts'
