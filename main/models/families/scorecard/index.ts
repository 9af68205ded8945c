export { scorecard } from './scorecard.ts';
