/**
 * `@gip4all/vue/nuxt-provider`: gip as a provider of `@nuxt/image`, whose components have no fallback
 * of their own. Its options are the site's config.json, and where the page is.
 */
import { parseConfig, url } from '@gip4all/core'

/** What `@nuxt/image` hands on. */
export interface NuxtImageOptions {
  readonly modifiers?: NuxtModifiers | undefined
  /** What `GET /s/{site}/config.json` says. */
  readonly config?: unknown
  /** The page's address, for sources that are relative. */
  readonly base?: string | undefined
}

/** A browser may choose these; whatever else Nuxt has (height, fit, …) is a preset's to say. */
export interface NuxtModifiers {
  readonly width?: number | string | undefined
  /** The name of a level. */
  readonly quality?: number | string | undefined
  readonly format?: string | undefined
  readonly preset?: string | undefined
}

/** The address of an image, as version 1 of `@nuxt/image` asks for it. */
export function getImage(src: string, { modifiers = {}, config, base }: NuxtImageOptions): { readonly url: string } {
  const site = parseConfig(config)
  const { width, quality, format, preset } = modifiers
  const options = { width: Number(width) || undefined, quality: quality?.toString(), format, preset }
  return { url: url(site && (base ? { ...site, base } : site), src, options) }
}

/** As version 2 does, which asks for a default export. */
export default function provider(): { readonly getImage: typeof getImage } {
  return { getImage }
}
