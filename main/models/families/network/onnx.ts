import type { OnnxGraph, OnnxValue } from '../../../platform/onnx/index.ts';
import type { ModelArtifact, OnnxFeature } from '../../family.ts';
import { readNetwork, type Layer } from './model.ts';

/**
 * The layers in double precision, as `predictNetwork` computes them; weights are stored as the float32 they are and widened in the
 * graph. Dense columns go through one MatMul; a one-hot block through Gather, its codes' -1 reaching a last row of zeros.
 */
export function networkOnnx(
  artifact: ModelArtifact,
  graph: OnnxGraph,
  features: readonly OnnxFeature[],
): readonly OnnxValue[] {
  const { spec, layers } = readNetwork(artifact);
  const [first, ...others] = layers;
  if (!first) throw new TypeError('a network needs a layer');
  let value = firstLayer(graph, first, features);
  for (const layer of others) {
    const bent = graph.node(spec.activation === 'relu' ? 'Relu' : 'Tanh', [value]);
    const weights = wide(graph, layer.weights, [layer.inputs, layer.outputs]);
    const product = graph.node('MatMul', [bent, weights]);
    value = graph.node('Add', [product, wide(graph, layer.bias, [1, layer.outputs])]);
  }
  if (spec.link === 'identity') {
    const scaled = graph.node('Mul', [value, double(graph, spec.target.scale)]);
    return [graph.node('Add', [scaled, double(graph, spec.target.mean)])];
  }
  return probabilities(artifact, graph, value, spec.link, spec.modelled);
}

function probabilities(
  artifact: ModelArtifact,
  graph: OnnxGraph,
  scores: OnnxValue,
  link: 'logit' | 'softmax',
  modelled: readonly number[],
): OnnxValue[] {
  const byClass = new Map<number, OnnxValue>();
  if (link === 'logit') {
    byClass.set(modelled[1]!, graph.node('Sigmoid', [scores]));
    byClass.set(modelled[0]!, graph.node('Sigmoid', [graph.node('Neg', [scores])]));
  } else {
    const all = graph.node('Softmax', [scores], { axis: 1n });
    modelled.forEach((code, k) => {
      const index = graph.constant({ type: 'int64', shape: [1], data: [k] });
      byClass.set(code, graph.node('Gather', [all, index], { axis: 1n }));
    });
  }
  const some = byClass.get(modelled[0]!) ?? scores;
  return artifact.classes.map((_, code) => byClass.get(code) ?? graph.node('Mul', [some, double(graph, 0)]));
}

function firstLayer(graph: OnnxGraph, layer: Layer, features: readonly OnnxFeature[]): OnnxValue {
  const { weights, bias, inputs, outputs } = layer;
  const dense: OnnxValue[] = [];
  const rows: Float32Array[] = [];
  const terms: OnnxValue[] = [];
  let feature = 0;
  for (const one of features) {
    if (one.kind === 'dense') {
      dense.push(one.value);
      rows.push(weights.subarray(feature * outputs, (feature + 1) * outputs));
      feature++;
      continue;
    }
    const size = one.levels.length;
    const table = new Float32Array((size + 1) * outputs);
    table.set(weights.subarray(feature * outputs, (feature + size) * outputs));
    feature += size;
    const flat = graph.node('Reshape', [one.codes, integers(graph, [-1])]);
    terms.push(graph.node('Gather', [wide(graph, table, [size + 1, outputs]), flat], { axis: 0n }));
  }
  if (feature !== inputs)
    throw new TypeError(`the network has ${inputs} features, the graph offers ${feature}`);
  if (dense.length > 0) {
    const matrix = new Float32Array(rows.length * outputs);
    rows.forEach((row, i) => matrix.set(row, i * outputs));
    const columns = dense.length === 1 ? dense[0]! : graph.node('Concat', dense, { axis: 1n });
    terms.unshift(graph.node('MatMul', [columns, wide(graph, matrix, [rows.length, outputs])]));
  }
  return terms.reduce((sum, term) => graph.node('Add', [sum, term]), wide(graph, bias, [1, outputs]));
}

/** Float32 numbers as doubles. */
function wide(graph: OnnxGraph, data: Float32Array, shape: readonly number[]): OnnxValue {
  return graph.node('Cast', [graph.constant({ type: 'float', shape, data })], { to: 11n });
}

function double(graph: OnnxGraph, value: number): OnnxValue {
  return graph.constant({ type: 'double', shape: [1], data: [value] });
}

function integers(graph: OnnxGraph, data: readonly number[]): OnnxValue {
  return graph.constant({ type: 'int64', shape: [data.length], data });
}
