import type { OnnxGraph, OnnxValue } from '../platform/onnx/index.ts';
import type { OnnxFeature } from './family.ts';

/** The bin of each row on an axis (see axes.ts) as int64 [N, 1]: comparisons in double, or a code plus one. */
export function binOnnx(graph: OnnxGraph, feature: OnnxFeature, cuts: Float64Array): OnnxValue {
  const whole = (value: number): OnnxValue => graph.constant({ type: 'int64', shape: [1], data: [value] });
  const toWhole = (value: OnnxValue): OnnxValue => graph.node('Cast', [value], { to: 7n });
  if (feature.kind !== 'dense') return graph.node('Add', [feature.codes, whole(1)]);
  const { value } = feature;
  // Only a missing value is not equal to itself.
  const known = toWhole(graph.node('Equal', [value, value]));
  if (cuts.length === 0) return known;
  const table = graph.constant({ type: 'double', shape: [1, cuts.length], data: cuts });
  const above = toWhole(graph.node('Greater', [value, table]));
  const count = graph.node('ReduceSum', [above, whole(1)], { keepdims: 1n });
  return graph.node('Mul', [known, graph.node('Add', [count, whole(1)])]);
}

/** Rows of a constant table [bins, outputs] by bins [N, 1]: [N, outputs] doubles. */
export function gatherOnnx(
  graph: OnnxGraph,
  data: Float64Array,
  outputs: number,
  bins: OnnxValue,
): OnnxValue {
  const table = graph.constant({ type: 'double', shape: [data.length / outputs, outputs], data });
  const flat = graph.node('Reshape', [bins, graph.constant({ type: 'int64', shape: [1], data: [-1] })]);
  return graph.node('Gather', [table, flat], { axis: 0n });
}

/** [N, 1] doubles of 0, for models that do not look at their features: only they know how many rows there are. */
export function zerosOnnx(graph: OnnxGraph, features: readonly OnnxFeature[]): OnnxValue {
  const [first] = features;
  if (!first) throw new TypeError('a graph without features has no rows');
  const of = first.kind === 'dense' ? first.value : first.codes;
  const any = graph.node('Cast', [graph.node('Equal', [of, of])], { to: 7n });
  return gatherOnnx(graph, new Float64Array(2), 1, any);
}
