import { type Attributes } from './attrs.ts';
import { type Size } from './box.ts';
import type { Config } from './config.ts';
import type { Dimensions, Props } from './props.ts';
/** Another image for other screens. It has dimensions of its own, which browsers take over. */
export type ArtDirected = {
    readonly media: string;
    readonly src: string;
    readonly sizes?: string | undefined;
} & Dimensions;
/** The props of an image, and which images to show in its place. The first whose media matches wins. */
export type PictureProps = Props & {
    readonly sources?: readonly ArtDirected[] | undefined;
};
/** The attributes of a `<source>`, in the order in which they are to be set, without those that are undefined. */
export interface SourceAttributes extends Size {
    readonly media?: string | undefined;
    readonly sizes?: string | undefined;
    readonly srcset: string;
}
/** A `<picture>`: its `<source>` elements, then its `<img>`. */
export interface Picture {
    readonly sources: readonly SourceAttributes[];
    readonly img: Attributes;
}
/**
 * The attributes of a `<picture>`. On failure show `picture(undefined, props)`: the originals,
 * each for its own screens.
 */
export declare function picture(config: Config | undefined, props: PictureProps): Picture;
