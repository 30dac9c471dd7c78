/**
 * The address under which the backend serves a source: `{base}/{options}/plain/{source}`, where
 * base is `{endpoint}/s/{name}.{token}`. The server decodes the source exactly once, so the bytes
 * it fetches are those of the page's own URL.
 */
export function rewrite(base: string, source: string, options = 'f:auto'): string {
  // What the grammar reserves; and a comma at the end, which a srcset would take for its own.
  const escaped = source.replace(/[%?#@ \\]|,$/g, encodeURIComponent)
  // What the browser's own URL parser would change on the way: a query may hold it, and here it becomes a path.
  return `${base}/${options}/plain/${escaped.replace(/\/(?=\.\.?(\/|$))/g, '%2F')}`
}

/** The URL as a server sees it: without its fragment. */
export function withoutFragment(url: string): string {
  return url.replace(/#.*/s, '')
}
