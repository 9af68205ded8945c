import type { OnnxGraph, OnnxValue } from '../../../platform/onnx/index.ts';
import type { ModelArtifact, OnnxFeature } from '../../family.ts';
import { readNetwork, type Layer, type NetworkModel } from './model.ts';

/**
 * The layers in double precision, as `predictNetwork` computes them; weights are stored as the float32 they are and widened in the
 * graph. Dense columns go through one MatMul; a one-hot block through Gather, its codes' -1 reaching a last row of zeros; a category of
 * codes through Gather of its vectors, whose last is that of -1.
 */
export function networkOnnx(
  artifact: ModelArtifact,
  graph: OnnxGraph,
  features: readonly OnnxFeature[],
): readonly OnnxValue[] {
  const model = readNetwork(artifact);
  const { spec, layers, embeddings } = model;
  const [first, ...others] = layers;
  if (!first) throw new TypeError('a network needs a layer');
  const terms = inputTerms(graph, first.weights, first.outputs, features, embeddings);
  let value = addAll(graph, bias(graph, first), terms);
  for (const layer of others) {
    const bent = graph.node(spec.activation === 'relu' ? 'Relu' : 'Tanh', [value]);
    const weights = wide(graph, layer.weights, [layer.inputs, layer.outputs]);
    const product = graph.node('MatMul', [bent, weights]);
    value = graph.node('Add', [product, bias(graph, layer)]);
  }
  if (model.wide) {
    const { outputs } = layers.at(-1) ?? first;
    value = addAll(graph, value, inputTerms(graph, model.wide, outputs, features, null));
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

/**
 * What the features add to some sums, by a matrix over all of them. A category of codes has a row for each part of its vectors, or, where
 * `embeddings` is null, one for each level and one more for -1.
 */
function inputTerms(
  graph: OnnxGraph,
  matrix: Float32Array,
  outputs: number,
  features: readonly OnnxFeature[],
  embeddings: NetworkModel['embeddings'] | null,
): OnnxValue[] {
  const dense: OnnxValue[] = [];
  const rows: Float32Array[] = [];
  const terms: OnnxValue[] = [];
  let at = 0;
  const take = (count: number): Float32Array => matrix.subarray(at * outputs, (at += count) * outputs);
  let category = 0;
  for (const one of features) {
    if (one.kind === 'dense') {
      dense.push(one.value);
      rows.push(take(1));
      continue;
    }
    const count = one.levels.length + 1;
    const codes = graph.node('Reshape', [one.codes, integers(graph, [-1])]);
    const rowsOf = (table: Float32Array, width: number): OnnxValue =>
      graph.node('Gather', [wide(graph, table, [count, width]), codes], { axis: 0n });
    if (one.kind === 'one-hot') {
      const table = new Float32Array(count * outputs);
      table.set(take(count - 1));
      terms.push(rowsOf(table, outputs));
    } else if (embeddings) {
      const table = embeddings[category++] ?? new Float32Array();
      const size = table.length / count;
      const weights = wide(graph, take(size), [size, outputs]);
      terms.push(graph.node('MatMul', [rowsOf(table, size), weights]));
    } else {
      terms.push(rowsOf(take(count), outputs));
    }
  }
  if (at * outputs !== matrix.length)
    throw new TypeError(
      `the network has weights of ${matrix.length / outputs} inputs, the graph offers ${at}`,
    );
  if (dense.length > 0) {
    const packed = new Float32Array(rows.length * outputs);
    rows.forEach((row, i) => packed.set(row, i * outputs));
    const columns = dense.length === 1 ? dense[0]! : graph.node('Concat', dense, { axis: 1n });
    terms.unshift(graph.node('MatMul', [columns, wide(graph, packed, [rows.length, outputs])]));
  }
  return terms;
}

function addAll(graph: OnnxGraph, first: OnnxValue, terms: readonly OnnxValue[]): OnnxValue {
  return terms.reduce((sum, term) => graph.node('Add', [sum, term]), first);
}

function bias(graph: OnnxGraph, layer: Layer): OnnxValue {
  return wide(graph, layer.bias, [1, layer.outputs]);
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
