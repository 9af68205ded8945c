export { decodeArtifact, encodeArtifact } from './artifact.ts';
export * from './apply-model.ts';
export * from './calibration/index.ts';
export * from './conformal.ts';
export { javascriptEngine } from './engine.ts';
export {
  averaged,
  ensembleId,
  fitStack,
  stackPredictions,
  writeEnsemble,
  type StackRows,
} from './ensemble/index.ts';
export { families, familyById } from './families/index.ts';
export * from './family.ts';
export { treeContributions, type TreeContributions } from './trees/contributions.ts';
export { takeRows } from './take-rows.ts';
export { SweepRange, sweepRanges } from './sweep-range.ts';
