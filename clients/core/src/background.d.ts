/**
 * The CSS of a `background` that fills the image's place with a picture until the image is there:
 * a data URI, or an address such as `url(config, src, { placeholder: 'lqip' })`.
 */
export declare function cover(picture: string): string;
