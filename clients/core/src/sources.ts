/**
 * Whether a URL is one of the site's sources, by patterns as the server understands them: scheme,
 * host and port are compared as parsed, the path is a prefix that ends at a segment, and `*` stays
 * inside one label or segment. A pattern that does not parse matches nothing. The server checks
 * again: a difference between the two costs a detour to the original and never shows an image that
 * the site did not list.
 */
export function isListed(patterns: readonly string[], { origin, pathname }: URL): boolean {
  return patterns.some((pattern) => {
    const url = parseURL(pattern)
    return url && compile(url).test(origin + pathname)
  })
}

/** undefined for what is no URL. */
export function parseURL(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base)
  } catch {
    return undefined
  }
}

function compile({ protocol, host, pathname }: URL): RegExp {
  const end = pathname.endsWith('/') ? '' : '(/|$)'
  return new RegExp(`^${protocol}//${glob(host, './:')}${glob(pathname, '/')}${end}`)
}

/** Turns text with `*` into a regular expression in which `*` crosses none of the stops. */
function glob(text: string, stops: string): string {
  return text.replace(/[^\w/]/g, (c) => (c === '*' ? `[^${stops}]*` : `\\${c}`))
}
