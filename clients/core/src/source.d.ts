import type { Config } from './config.ts';
/** What deciding about a source needs. */
export type SourceConfig = Pick<Config, 'endpoint' | 'sources' | 'queries' | 'mode' | 'base' | 'skipGif'>;
/**
 * The address that the backend is asked for when a page says `src`; undefined leaves the image
 * to the page: gip is off, the site does not list it, or there is nothing to gain.
 */
export declare function sourceOf(config: SourceConfig | undefined, src: string): string | undefined;
/** Whether the backend can do anything for this URL. Vectors and icons stay as they are. */
export declare function isRewritable(url: URL, endpoint: string): boolean;
