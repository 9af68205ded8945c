export { tree } from './tree.ts';
