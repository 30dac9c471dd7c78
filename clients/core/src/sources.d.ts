/**
 * Whether a URL is one of the site's sources, by patterns as the server understands them: scheme,
 * host and port are compared as parsed, the path is a prefix that ends at a segment, and `*` stays
 * inside one label or segment. A pattern that does not parse matches nothing. The server checks
 * again: a difference between the two costs a detour to the original and never shows an image that
 * the site did not list.
 */
export declare function isListed(patterns: readonly string[], { protocol, host, pathname }: URL): boolean;
/** undefined for what is no URL. */
export declare function parseURL(text: string, base?: string): URL | undefined;
