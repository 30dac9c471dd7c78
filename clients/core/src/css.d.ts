import type { Style } from './props.ts';
/** A style as the text of a style attribute. */
export declare function styleText(style: Style): string;
