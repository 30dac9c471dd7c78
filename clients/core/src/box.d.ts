import type { Layout, Style } from './props.ts';
/** What decides an image's place on the page, in any combination: also pages without types call this. */
export interface Place {
    readonly layout?: Layout | undefined;
    readonly fill?: boolean | undefined;
    readonly width?: number | undefined;
    readonly height?: number | undefined;
    readonly aspectRatio?: number | undefined;
}
/** Width and height in CSS pixels, as far as they are known. */
export interface Size {
    readonly width?: number | undefined;
    readonly height?: number | undefined;
}
/** Of an image as wide as its page or box only the ratio counts; it is told by this width. */
export declare const NOMINAL_WIDTH = 1200;
/** Whether the image is as wide as the page or its box, whatever that is. */
export declare function isFluid({ layout, fill }: Place): boolean | undefined;
/** The width and height attributes, from which browsers take the ratio before the image is there. */
export declare function sizeOf({ width, height, aspectRatio }: Place): Size;
/** The styles that keep the place, whatever arrives in it and whenever; its size is that of the attributes. */
export declare function placeStyle(place: Place): Style;
