import type { OnnxGraph, OnnxValue } from '../../../platform/onnx/index.ts';
import type { Design } from '../../../recipes/index.ts';
import { axisColumns, type AxisColumn } from '../../axes.ts';
import { binOnnx, gatherOnnx, zerosOnnx } from '../../axes-onnx.ts';
import type { ModelArtifact, OnnxFeature } from '../../family.ts';
import { checkLayout } from '../../trees/layout.ts';
import { outcomeOnnx, predictionsOf } from '../../trees/outcome.ts';
import { readRules, type Condition, type RulesModel } from './model.ts';

/** Which rule decides each row. */
export function decidingRules(artifact: ModelArtifact, design: Design): Int32Array {
  const { spec } = readRules(artifact);
  checkLayout(artifact.family, spec.layout, design);
  const columns = axisColumns(design);
  const tests = spec.rules.map(({ conditions }) =>
    conditions.map((condition) => testOf(condition, columns[condition.column]!)),
  );
  return Int32Array.from({ length: design.rows }, (_, row) =>
    tests.findIndex((all) => all.every((test) => test(row))),
  );
}

function testOf(condition: Condition, of: AxisColumn): (row: number) => boolean {
  if (of.kind === 'levels') {
    const { codes } = of;
    if (condition.kind !== 'levels') return (row) => codes[row]! < 0;
    const allowed = new Set(condition.levels);
    return (row) => allowed.has(codes[row]!);
  }
  const { values } = of;
  if (condition.kind !== 'range') return (row) => Number.isNaN(values[row]!);
  const { above, to } = condition;
  return (row) => {
    const value = values[row]!;
    return !Number.isNaN(value) && (above === null || value > above) && (to === null || value <= to);
  };
}

export function predictRules(artifact: ModelArtifact, design: Design): Float64Array {
  const { spec, values, outputs } = readRules(artifact);
  const rules = decidingRules(artifact, design);
  const scores = new Float64Array(design.rows * outputs);
  rules.forEach((rule, row) => {
    for (let k = 0; k < outputs; k++) scores[row * outputs + k] = values[rule * outputs + k]!;
  });
  return predictionsOf(spec.outcome, scores, artifact.classes.length);
}

/** One double per rule that is 1 where its conditions hold, 0 elsewhere; ArgMax finds the first 1. */
export function rulesOnnx(
  artifact: ModelArtifact,
  graph: OnnxGraph,
  features: readonly OnnxFeature[],
): readonly OnnxValue[] {
  const { spec, values, outputs } = readRules(artifact);
  const number = (value: number): OnnxValue => graph.constant({ type: 'double', shape: [1], data: [value] });
  const always = graph.node('Add', [zerosOnnx(graph, features), number(1)]);
  const holds = spec.rules.map(({ conditions }) =>
    conditions
      .flatMap((condition) => conditionOnnx(graph, features, spec, condition))
      .reduce((all, one) => graph.node('Mul', [all, one]), always),
  );
  const table = holds.length === 1 ? always : graph.node('Concat', holds, { axis: 1n });
  const first = graph.node('ArgMax', [table], { axis: 1n, keepdims: 1n });
  return outcomeOnnx(graph, spec.outcome, gatherOnnx(graph, values, outputs, first), artifact.classes.length);
}

/** Doubles that are all 1 where a condition holds. */
function conditionOnnx(
  graph: OnnxGraph,
  features: readonly OnnxFeature[],
  spec: RulesModel['spec'],
  condition: Condition,
): OnnxValue[] {
  const toDouble = (value: OnnxValue): OnnxValue => graph.node('Cast', [value], { to: 11n });
  const number = (value: number): OnnxValue => graph.constant({ type: 'double', shape: [1], data: [value] });
  const feature = features[condition.column];
  const of = spec.columns[condition.column];
  if (!feature || !of) throw new TypeError(`a rule asks for column ${condition.column}`);
  if (feature.kind !== 'dense') {
    const size = of.kind === 'levels' ? of.levels.length + 1 : 1;
    const allowed = new Set(condition.kind === 'levels' ? condition.levels.map((level) => level + 1) : [0]);
    const table = Float64Array.from({ length: size }, (_, bin) => (allowed.has(bin) ? 1 : 0));
    return [gatherOnnx(graph, table, 1, binOnnx(graph, feature, new Float64Array()))];
  }
  const { value } = feature;
  // Only a missing value is not equal to itself.
  const isKnown = toDouble(graph.node('Equal', [value, value]));
  if (condition.kind !== 'range') return [graph.node('Sub', [number(1), isKnown])];
  const { above, to } = condition;
  return [
    isKnown,
    ...(above === null ? [] : [toDouble(graph.node('Greater', [value, number(above)]))]),
    ...(to === null ? [] : [toDouble(graph.node('LessOrEqual', [value, number(to)]))]),
  ];
}
