/** What of `trustedTypes` is used; the types do not know it yet. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string }
}

/** A script's address, as the page that is to run it takes it. */
export type Trust = (url: URL) => string

/**
 * Where a page requires Trusted Types, addresses pass a policy named `gip`; elsewhere they are
 * text. Nothing comes here but the shim's address and those of the scripts beside the tag.
 */
export function createTrust(page: object): Trust {
  const { trustedTypes } = page as { trustedTypes?: TrustedTypes }
  try {
    const policy = trustedTypes?.createPolicy('gip', { createScriptURL: (url) => url })
    if (policy) return ({ href }) => policy.createScriptURL(href)
  } catch {
    // The page names the policies that it knows, and not this one. Whether it takes text, the browser says.
  }
  return ({ href }) => href
}
