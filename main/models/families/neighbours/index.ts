export { neighbours } from './neighbours.ts';
