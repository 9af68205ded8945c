export * from './entry-names.ts';
export * from './manifest.ts';
export * from './pack.ts';
export * from './unpack.ts';
