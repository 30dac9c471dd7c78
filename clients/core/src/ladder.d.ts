import { type Place } from './box.ts';
/** What decides which rungs an image may need; its width is that of its attributes. */
export interface Span extends Place {
    readonly breakpoints?: readonly number[] | undefined;
}
/** The first rung that is wide enough, else the widest; undefined for a ladder without rungs. */
export declare function rung(ladder: readonly number[], width: number): number | undefined;
/** The rungs that an image may be needed in, in order; none where nothing says how wide it is. */
export declare function rungsOf(ladder: readonly number[], span: Span, density?: number): readonly number[];
