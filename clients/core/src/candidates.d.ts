import type { Span } from './ladder.ts';
import type { Address, Look } from './url.ts';
/** What decides which files a browser may choose from. */
export interface Choice extends Span, Look {
    readonly loading?: 'lazy' | 'eager' | undefined;
    readonly sizes?: string | undefined;
    readonly unstyled?: boolean | undefined;
}
/** What lets a browser choose by itself; nothing where the page says nothing about widths. */
export interface Candidates {
    readonly sizes?: string | undefined;
    readonly srcset?: string | undefined;
}
/** An address for each rung, and how wide the image is shown. */
export declare function candidates(address: Address, rungs: readonly number[], choice: Choice): Candidates;
