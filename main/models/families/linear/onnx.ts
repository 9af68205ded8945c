import type { OnnxGraph, OnnxValue } from '../../../platform/onnx/index.ts';
import type { ModelArtifact, OnnxFeature } from '../../family.ts';
import { readLinear, type LinearModel } from './model.ts';

/**
 * Dense columns times their coefficients by one MatMul; a one-hot block by Gather from its table of coefficients, with
 * a last row of zeros that code -1 reaches (ONNX counts negative indices from the end).
 */
export function linearOnnx(
  artifact: ModelArtifact,
  graph: OnnxGraph,
  features: readonly OnnxFeature[],
): readonly OnnxValue[] {
  const model = readLinear(artifact);
  const scores = scoresOf(model, graph, features);
  if (model.spec.link === 'identity') return [scores];
  const byClass = new Map<number, OnnxValue>();
  const { modelled } = model.spec;
  if (model.spec.link === 'logit') {
    byClass.set(modelled[1]!, graph.node('Sigmoid', [scores]));
    byClass.set(modelled[0]!, graph.node('Sigmoid', [graph.node('Neg', [scores])]));
  } else {
    const probabilities = graph.node('Softmax', [scores], { axis: 1n });
    modelled.forEach((code, k) => {
      const index = graph.constant({ type: 'int64', shape: [1], data: [k] });
      byClass.set(code, graph.node('Gather', [probabilities, index], { axis: 1n }));
    });
  }
  return artifact.classes.map((_, code) => byClass.get(code) ?? zeroLike(graph, byClass.get(modelled[0]!)!));
}

/** [N, outputs]. */
function scoresOf(model: LinearModel, graph: OnnxGraph, features: readonly OnnxFeature[]): OnnxValue {
  const { outputs, coefficients, intercepts } = model;
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

function zeroLike(graph: OnnxGraph, value: OnnxValue): OnnxValue {
  const zero = { type: 'double' as const, shape: [1], data: [0] };
  return graph.node('ConstantOfShape', [graph.node('Shape', [value])], { value: { tensor: zero } });
}
