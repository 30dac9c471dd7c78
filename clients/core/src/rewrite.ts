/**
 * The address under which the backend serves a source: `{base}/{options}/plain/{source}`, where
 * base is `{endpoint}/s/{name}.{token}`. The server decodes the source exactly once, so the bytes
 * it fetches are those of the page's own URL.
 */
export function rewrite(base: string, source: string, options = 'f:auto'): string {
  return `${base}/${options}/plain/${escapeSource(source)}`
}

/** The URL as a server sees it: without its fragment. */
export function withoutFragment(url: string): string {
  return url.replace(/#.*/s, '')
}

/**
 * Escapes what the URL grammar reserves (`%`, `?`, `#`, `@`, space), and what the browser's own
 * URL parser would change on the way: a query may hold `\` or `/../`, and here it becomes a path.
 * A comma at its end would be taken for a srcset's own.
 */
function escapeSource(source: string): string {
  return source
    .replace(/[%?#@ \\]|,$/g, encodeURIComponent)
    .replace(/\/(?=\.\.?(\/|$))/g, '%2F')
}
