/** What an author says about an image; the names are those of unpic, and `fill` is next/image's. */
export type Props = Common & Urgency & Box;
/** The layouts: of one size, shrinking with the page (default), as wide as the page. */
export type Layout = 'fixed' | 'constrained' | 'fullWidth';
/** CSS by the names that scripts use: `objectFit`, not `object-fit`. */
export type Style = Readonly<Record<string, string | number | undefined>>;
interface Common {
    /** The original. It may be relative where the config has a base. */
    readonly src: string;
    /** What it shows; '' for decoration. */
    readonly alt: string;
    /** The name of a level of quality. */
    readonly quality?: string | undefined;
    readonly format?: string | undefined;
    readonly preset?: string | undefined;
    /** The widths to offer instead of the layout's own; each becomes the next rung. */
    readonly breakpoints?: readonly number[] | undefined;
    /** How wide the image is shown, as HTML says it; the layout's own unless given. */
    readonly sizes?: string | undefined;
    readonly decoding?: 'async' | 'sync' | 'auto' | undefined;
    /** CSS, seen until the image is: a colour, or a picture by `cover`. */
    readonly background?: string | undefined;
    /** Default `cover`. */
    readonly objectFit?: 'cover' | 'contain' | 'fill' | 'none' | 'scale-down' | undefined;
    /** No styles: the page has its own for this image. */
    readonly unstyled?: boolean | undefined;
    /** Wins over the layout's own. */
    readonly style?: Style | undefined;
    /** false: a failure is the page's own business. */
    readonly fallback?: false | undefined;
}
type Urgency = {
    readonly priority?: false | undefined;
    readonly loading?: 'lazy' | 'eager' | undefined;
    readonly fetchpriority?: 'high' | 'low' | 'auto' | undefined;
} | {
    readonly priority: true;
    readonly loading?: 'eager' | undefined;
    readonly fetchpriority?: 'high' | undefined;
};
/** What keeps the image's place until it is there. */
export type Box = Sized | FullWidth | Fill;
type Sized = {
    readonly layout?: 'fixed' | 'constrained' | undefined;
    readonly fill?: false | undefined;
} & Dimensions;
/** Two of the three. */
export type Dimensions = {
    readonly width: number;
    readonly height: number;
    readonly aspectRatio?: undefined;
} | {
    readonly width: number;
    readonly aspectRatio: number;
    readonly height?: undefined;
} | {
    readonly height: number;
    readonly aspectRatio: number;
    readonly width?: undefined;
};
type FullWidth = {
    readonly layout: 'fullWidth';
    readonly width?: undefined;
    readonly fill?: false | undefined;
} & ({
    readonly aspectRatio: number;
    readonly height?: undefined;
} | {
    readonly height: number;
    readonly aspectRatio?: undefined;
});
/** Fills the nearest positioned ancestor. Only the page knows how wide that is, and says so by `sizes`. */
interface Fill {
    readonly fill: true;
    readonly sizes: string;
    readonly layout?: undefined;
    readonly width?: undefined;
    readonly height?: undefined;
    readonly aspectRatio?: undefined;
}
export {};
