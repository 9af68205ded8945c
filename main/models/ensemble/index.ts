export { averaged, createEnsemble } from './ensemble.ts';
export { fitStack, stackPredictions, type StackRows } from './fit-stack.ts';
export { ensembleId, writeEnsemble, type Ensemble } from './spec.ts';
