import type { OnnxGraph, OnnxValue } from '../../../platform/onnx/index.ts';
import type { Design } from '../../../recipes/index.ts';
import type { ModelArtifact, OnnxFeature } from '../../family.ts';
import { checkLayout } from '../../trees/layout.ts';
import { outcomeOnnx, predictionsOf } from '../../trees/outcome.ts';
import { axisColumns, binOf } from './bins.ts';
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

/** Bins counted by comparisons in double, then one Gather per term. */
export function additiveOnnx(
  artifact: ModelArtifact,
  graph: OnnxGraph,
  features: readonly OnnxFeature[],
): readonly OnnxValue[] {
  const { spec, intercept, terms, outputs } = readAdditive(artifact);
  const whole = (value: number): OnnxValue => graph.constant({ type: 'int64', shape: [1], data: [value] });
  const toWhole = (value: OnnxValue): OnnxValue => graph.node('Cast', [value], { to: 7n });
  const binIn = (column: number, cuts: Float64Array): OnnxValue => {
    const feature = features[column];
    if (!feature) throw new TypeError(`the model asks for column ${column}`);
    if (feature.kind !== 'dense') return graph.node('Add', [feature.codes, whole(1)]);
    const { value } = feature;
    // Only a missing value is not equal to itself.
    const known = toWhole(graph.node('Equal', [value, value]));
    if (cuts.length === 0) return known;
    const table = graph.constant({ type: 'double', shape: [1, cuts.length], data: cuts });
    const above = toWhole(graph.node('Greater', [value, table]));
    const count = graph.node('ReduceSum', [above, whole(1)], { keepdims: 1n });
    return graph.node('Mul', [known, graph.node('Add', [count, whole(1)])]);
  };
  let scores = graph.constant({ type: 'double', shape: [1, outputs], data: intercept });
  // Rows are counted by a feature, also where there is no term.
  const [first] = features;
  if (first && terms.length === 0) {
    const any = toWhole(
      graph.node('Equal', first.kind === 'dense' ? [first.value, first.value] : [first.codes, first.codes]),
    );
    const none = graph.constant({ type: 'double', shape: [2, outputs], data: new Float64Array(2 * outputs) });
    scores = graph.node('Add', [
      scores,
      graph.node('Gather', [none, graph.node('Reshape', [any, whole(-1)])], { axis: 0n }),
    ]);
  }
  for (const { axes, values, rows } of terms) {
    let cell: OnnxValue | undefined;
    for (const { column, cuts, bins } of axes) {
      const bin = binIn(column, cuts);
      cell = cell ? graph.node('Add', [graph.node('Mul', [cell, whole(bins)]), bin]) : bin;
    }
    if (!cell) continue;
    const table = graph.constant({ type: 'double', shape: [rows.length, outputs], data: values });
    const flat = graph.node('Reshape', [cell, whole(-1)]);
    scores = graph.node('Add', [scores, graph.node('Gather', [table, flat], { axis: 0n })]);
  }
  return outcomeOnnx(graph, spec.outcome, scores, artifact.classes.length);
}
