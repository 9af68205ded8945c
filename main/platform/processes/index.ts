export * from './launcher.ts';
export * from './start-ahead.ts';
