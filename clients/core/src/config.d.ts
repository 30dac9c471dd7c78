/** What `GET {endpoint}/s/{site}/config.json` says; `backend/vectors/schema.json` fixes it. */
export interface SiteConfig {
    /** Where the backend is, without a slash at the end. */
    readonly endpoint: string;
    /** NAME.TOKEN */
    readonly site: string;
    readonly sources: readonly string[];
    /** The ladder: the widths that the backend makes. */
    readonly widths: readonly number[];
    readonly formats: readonly string[];
    /** Levels by name. */
    readonly qualities: Readonly<Record<string, number>>;
    readonly presets: readonly string[];
    /** Sources with a query are answered too; they can be endless, so a site must say so. */
    readonly queries: boolean;
    readonly mode: Mode;
}
/** A site's config, and what only the page knows. */
export interface Config extends SiteConfig {
    /** The page's address, against which relative sources are resolved. Without it they stay originals. */
    readonly base?: string;
    /** Leaves GIFs as they are. */
    readonly skipGif?: boolean;
}
/**
 * - `on`: images go through the backend.
 * - `bypass`: nothing does; a service worker stays.
 * - `unregister`: nothing does; a service worker removes itself and what it stored.
 */
export type Mode = 'on' | 'bypass' | 'unregister';
/**
 * Reads a config that came over the network, from a page or from storage. Anything but version 1
 * gives undefined: a config that is not understood must never rewrite an image. An unknown mode is
 * `bypass`, so that a later server can always stop an older client.
 */
export declare function parseConfig(value: unknown): SiteConfig | undefined;
/** The mode of a config, for those who need no more of it; undefined for what is not understood. */
export declare function modeOf(value: unknown): Mode | undefined;
