export { boosting } from './boosting.ts';
