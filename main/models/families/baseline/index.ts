export { baseline } from './baseline.ts';
