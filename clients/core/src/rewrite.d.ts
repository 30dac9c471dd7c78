/**
 * The address under which the backend serves a source: `{base}/{options}/plain/{source}`, where
 * base is `{endpoint}/s/{name}.{token}`. The server decodes the source exactly once, so the bytes
 * it fetches are those of the page's own URL.
 */
export declare function rewrite(base: string, source: string, options?: string): string;
/** The URL as a server sees it: without its fragment. */
export declare function withoutFragment(url: string): string;
