import manifest from '../../package.json' with { type: 'json' };

/** Holdfast's version, recorded with every run. */
export const version: string = manifest.version;
