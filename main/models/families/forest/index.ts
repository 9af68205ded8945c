export { forest } from './forest.ts';
