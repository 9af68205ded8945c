export * from './application.ts';
export * from './create-app.ts';
export { tasks } from './tasks.ts';
export { version } from './version.ts';
