import type { OnnxGraph, OnnxValue } from '../../../platform/onnx/index.ts';
import type { Design } from '../../../recipes/index.ts';
import type { ModelArtifact, OnnxFeature } from '../../family.ts';
import { checkLayout } from '../../trees/layout.ts';
import { outcomeOnnx, predictionsOf } from '../../trees/outcome.ts';
import { axisColumns, binOf } from '../../axes.ts';
import { binOnnx, gatherOnnx, zerosOnnx } from '../../axes-onnx.ts';
import { readAdditive } from './model.ts';

/** The intercept plus a look-up per term, added in the order of the terms. */
export function predictAdditive(artifact: ModelArtifact, design: Design): Float64Array {
  const { spec, intercept, terms, outputs } = readAdditive(artifact);
  checkLayout(artifact.family, spec.layout, design);
  const columns = axisColumns(design);
  const scores = new Float64Array(design.rows * outputs);
  for (let row = 0; row < design.rows; row++) scores.set(intercept, row * outputs);
  for (const { axes, values } of terms) {
    for (let row = 0; row < design.rows; row++) {
      let cell = 0;
      for (const { column, cuts, bins } of axes) {
        const of = columns[column]!;
        cell = cell * bins + (of.kind === 'levels' ? of.codes[row]! + 1 : binOf(cuts, of.values[row]!));
      }
      for (let k = 0; k < outputs; k++) scores[row * outputs + k]! += values[cell * outputs + k]!;
    }
  }
  return predictionsOf(spec.outcome, scores, artifact.classes.length);
}

/** The bins of its axes, then one look-up per term. */
export function additiveOnnx(
  artifact: ModelArtifact,
  graph: OnnxGraph,
  features: readonly OnnxFeature[],
): readonly OnnxValue[] {
  const { spec, intercept, terms, outputs } = readAdditive(artifact);
  const whole = (value: number): OnnxValue => graph.constant({ type: 'int64', shape: [1], data: [value] });
  let scores = graph.constant({ type: 'double', shape: [1, outputs], data: intercept });
  if (terms.length === 0) scores = graph.node('Add', [scores, zerosOnnx(graph, features)]);
  for (const { axes, values } of terms) {
    let cell: OnnxValue | undefined;
    for (const { column, cuts, bins } of axes) {
      const feature = features[column];
      if (!feature) throw new TypeError(`the model asks for column ${column}`);
      const bin = binOnnx(graph, feature, cuts);
      cell = cell ? graph.node('Add', [graph.node('Mul', [cell, whole(bins)]), bin]) : bin;
    }
    if (!cell) continue;
    scores = graph.node('Add', [scores, gatherOnnx(graph, values, outputs, cell)]);
  }
  return outcomeOnnx(graph, spec.outcome, scores, artifact.classes.length);
}
