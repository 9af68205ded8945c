export * from './queue.ts';
export * from './run-task.ts';
export * from './stop-requests.ts';
export * from './store.ts';
export * from './task.ts';
