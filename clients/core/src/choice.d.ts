/**
 * Whether this visitor wants no gip: `?gip=off` says so from now on, `?gip=on` takes it back.
 * Where storage is forbidden the choice holds for this page.
 */
export declare function isSwitchedOff(search: string, open: () => Storage): boolean;
