import type { Config } from './config.ts';
import type { Props } from './props.ts';
/** The attributes of a `<link>`. */
export interface Preload {
    readonly rel: 'preload';
    readonly as: 'image';
    readonly fetchpriority: 'high';
    /** Only without `imagesrcset`: browsers that do not know that one would load two images. */
    readonly href?: string | undefined;
    readonly imagesrcset?: string | undefined;
    readonly imagesizes?: string | undefined;
}
/** The `<link>` that begins to load the image of the same props with `priority`, before the body is read. */
export declare function preload(config: Config | undefined, props: Props & {
    readonly priority: true;
}): Preload;
