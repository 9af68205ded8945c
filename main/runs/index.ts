export * from './service.ts';
export * from './tasks.ts';
