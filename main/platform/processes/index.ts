export * from './launcher.ts';
