/**
 * `@gip4all/core`: what the attributes of an image are, so that it comes through gip. Pure functions
 * over a site's config and an author's props: no document, no network, nothing kept between calls.
 * An adapter hands the attributes to its framework, and on failure those of `original`; one that writes
 * into a page's own markup has the parts (`addressOf`, `rungsOf`, `candidates`), and leaves all styles alone.
 */
export { attrs, MARK, original, type Attributes } from './attrs.ts';
export { cover } from './background.ts';
export { candidates, type Candidates, type Choice } from './candidates.ts';
export { isSwitchedOff } from './choice.ts';
export { parseConfig, type Config, type Mode, type SiteConfig } from './config.ts';
export { styleText } from './css.ts';
export { rungsOf } from './ladder.ts';
export { picture, type ArtDirected, type Picture, type PictureProps, type SourceAttributes } from './picture.ts';
export { preload, type Preload } from './preload.ts';
export type { Box, Dimensions, Layout, Props, Style } from './props.ts';
export { sourceOf } from './source.ts';
export { addressOf, url, type Address, type Placeholder, type URLOptions } from './url.ts';
