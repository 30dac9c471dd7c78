/** Says whether a URL is one of the site's sources. */
export type Matcher = (url: URL) => boolean

/**
 * Compiles source patterns as the server understands them: scheme, host and port are compared as
 * parsed, the path is a prefix that ends at a segment, and `*` stays inside one label or segment.
 * A pattern that does not parse matches nothing. The server checks again: a difference between the
 * two costs a detour to the original and never shows an image that the site did not list.
 */
export function matcher(patterns: readonly string[]): Matcher {
  const rules = patterns.map(compile)
  return (url) => {
    const text = `${url.protocol}//${url.host}${url.pathname}`
    return rules.some((rule) => rule !== undefined && rule.test(text))
  }
}

function compile(pattern: string): RegExp | undefined {
  try {
    const { protocol, host, pathname } = new URL(pattern)
    const end = pathname.endsWith('/') ? '' : '(/|$)'
    return new RegExp(`^${protocol}//${glob(host, './:')}${glob(pathname, '/')}${end}`)
  } catch {
    return undefined
  }
}

/** Turns text with `*` into a regular expression in which `*` crosses none of the stops. */
function glob(text: string, stops: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, `[^${stops}]*`)
}
