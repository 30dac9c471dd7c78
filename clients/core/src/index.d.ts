/**
 * `@gip4all/core`: what the attributes of an image are, so that it comes through gip. Pure functions
 * over a site's config and an author's props: no document, no network, nothing kept between calls.
 * An adapter hands the attributes to its framework, and on failure those of `original`.
 */
export { attrs, MARK, original, type Attributes } from './attrs.ts';
export { cover } from './background.ts';
export { isSwitchedOff } from './choice.ts';
export { parseConfig, type Config, type Mode, type SiteConfig } from './config.ts';
export { styleText } from './css.ts';
export { picture, type ArtDirected, type Picture, type PictureProps, type SourceAttributes } from './picture.ts';
export { preload, type Preload } from './preload.ts';
export type { Box, Dimensions, Layout, Props, Style } from './props.ts';
export { sourceOf } from './source.ts';
export { url, type Placeholder, type URLOptions } from './url.ts';
