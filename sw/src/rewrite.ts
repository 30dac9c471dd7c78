/**
 * The address under which the backend serves a source: `{base}/f:auto/plain/{source}`, where base
 * is `{endpoint}/s/{name}.{token}`. The server decodes the source exactly once, so the bytes it
 * fetches are those of the page's own URL.
 */
export function rewrite(base: string, source: string): string {
  return `${base}/f:auto/plain/${escapeSource(source)}`
}

/** The URL as a server sees it: without its fragment. */
export function withoutFragment(url: string): string {
  return url.replace(/#.*/s, '')
}

/**
 * Escapes what the URL grammar reserves (`%`, `?`, `#`, `@`, space), and what the browser's own
 * URL parser would change on the way: a query may hold `\` or `/../`, and here it becomes a path.
 */
function escapeSource(source: string): string {
  return source
    .replace(/[%?#@ \\]/g, (c) => '%' + c.charCodeAt(0).toString(16).toUpperCase())
    .replace(/\/(?=\.\.?(\/|$))/g, '%2F')
}
