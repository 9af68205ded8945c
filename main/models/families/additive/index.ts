export { additive } from './additive.ts';
