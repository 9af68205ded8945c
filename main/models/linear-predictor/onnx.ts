import type { OnnxGraph, OnnxValue } from '../../platform/onnx/index.ts';
import type { OnnxFeature } from '../family.ts';
import type { LinearPredictors } from './scores.ts';

/**
 * Dense columns times their coefficients by one MatMul; a one-hot block by Gather from its table of coefficients, with
 * a last row of zeros that code -1 reaches (ONNX counts negative indices from the end).
 * Returns the linear predictors as [N, outputs] doubles.
 */
export function linearScoresOnnx(
  { outputs, coefficients, intercepts }: LinearPredictors,
  graph: OnnxGraph,
  features: readonly OnnxFeature[],
): OnnxValue {
  const width = coefficients.length / outputs;
  const dense: { value: OnnxValue; feature: number }[] = [];
  const terms: OnnxValue[] = [];
  let feature = 0;
  for (const one of features) {
    if (one.kind === 'dense') {
      dense.push({ value: one.value, feature: feature++ });
      continue;
    }
    const size = one.levels.length;
    const table = new Float64Array((size + 1) * outputs);
    for (let l = 0; l < size; l++) {
      for (let k = 0; k < outputs; k++) table[l * outputs + k] = coefficients[k * width + feature + l]!;
    }
    feature += size;
    const rows = graph.constant({ type: 'double', shape: [size + 1, outputs], data: table });
    const flat = graph.node('Reshape', [
      one.codes,
      graph.constant({ type: 'int64', shape: [1], data: [-1] }),
    ]);
    terms.push(graph.node('Gather', [rows, flat], { axis: 0n }));
  }
  if (feature !== width) throw new TypeError(`the model has ${width} features, the graph offers ${feature}`);
  if (dense.length > 0) {
    const matrix = new Float64Array(dense.length * outputs);
    dense.forEach((one, d) => {
      for (let k = 0; k < outputs; k++) matrix[d * outputs + k] = coefficients[k * width + one.feature]!;
    });
    const first = dense[0]!.value;
    const columns =
      dense.length === 1
        ? first
        : graph.node(
            'Concat',
            dense.map((one) => one.value),
            { axis: 1n },
          );
    const slopes = graph.constant({ type: 'double', shape: [dense.length, outputs], data: matrix });
    terms.unshift(graph.node('MatMul', [columns, slopes]));
  }
  const start = graph.constant({ type: 'double', shape: [1, outputs], data: intercepts });
  return terms.reduce((sum, term) => graph.node('Add', [sum, term]), start);
}
