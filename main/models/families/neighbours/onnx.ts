import type { OnnxGraph, OnnxValue } from '../../../platform/onnx/index.ts';
import type { ModelArtifact, OnnxFeature } from '../../family.ts';
import { readNeighbours } from './model.ts';

/**
 * Every row against every row kept, in doubles, summed in the order of `createSearch`; TopK gives the first of equally near ones, too. The
 * graph takes 8 bytes per predicted row and row kept, several times over: predict in batches.
 */
export function neighboursOnnx(
  artifact: ModelArtifact,
  graph: OnnxGraph,
  features: readonly OnnxFeature[],
): readonly OnnxValue[] {
  const { spec, answers, numbers, levels, points, codes } = readNeighbours(artifact);
  const number = (value: number): OnnxValue => graph.constant({ type: 'double', shape: [1], data: [value] });
  const integer = (value: number): OnnxValue => graph.constant({ type: 'int64', shape: [1], data: [value] });
  const double = (value: OnnxValue): OnnxValue => graph.node('Cast', [value], { to: 11n });
  const kept = spec.kept;
  const terms: OnnxValue[] = [];
  const dense = features.flatMap((feature) => (feature.kind === 'dense' ? [feature.value] : []));
  const coded = features.flatMap((feature) => (feature.kind === 'dense' ? [] : [feature.codes]));
  dense.forEach((value, d) => {
    const column = Array.from({ length: kept }, (_, row) => points[row * numbers + d]!);
    const difference = graph.node('Sub', [
      value,
      graph.constant({ type: 'double', shape: [1, kept], data: column }),
    ]);
    terms.push(
      spec.metric === 'euclidean'
        ? graph.node('Mul', [difference, difference])
        : graph.node('Abs', [difference]),
    );
  });
  coded.forEach((value, c) => {
    const column = Array.from({ length: kept }, (_, row) => codes[row * levels.length + c]!);
    const other = graph.constant({ type: 'int64', shape: [1, kept], data: column });
    const there = double(graph.node('GreaterOrEqual', [value, integer(0)]));
    const thereToo = graph.constant({
      type: 'double',
      shape: [1, kept],
      data: column.map((code) => (code < 0 ? 0 : 1)),
    });
    const apart = graph.node('Add', [there, thereToo]);
    terms.push(graph.node('Where', [graph.node('Equal', [value, other]), number(0), apart]));
  });
  const [first, ...rest] = terms;
  if (first === undefined) throw new TypeError('a model without features has no ONNX form');
  const sums = rest.reduce((sum, one) => graph.node('Add', [sum, one]), first);
  const [near, rows] = graph.nodes('TopK', [sums, integer(spec.neighbours)], 2, {
    axis: 1n,
    largest: 0n,
    sorted: 1n,
  });
  if (near === undefined || rows === undefined) throw new TypeError('TopK gives two values');
  const axis = integer(1);
  const weights =
    spec.weights === 'uniform'
      ? graph.node('Add', [graph.node('Mul', [double(rows), number(0)]), number(1)])
      : inverse();
  const total = graph.node('ReduceSum', [weights, axis], { keepdims: 1n });
  const share = (values: OnnxValue): OnnxValue =>
    graph.node('Div', [
      graph.node('ReduceSum', [graph.node('Mul', [weights, values]), axis], { keepdims: 1n }),
      total,
    ]);
  if (artifact.task === 'regression') {
    const amounts = graph.constant({ type: 'double', shape: [kept], data: answers });
    return [share(graph.node('Gather', [amounts, rows], { axis: 0n }))];
  }
  const labels = graph.constant({ type: 'int64', shape: [kept], data: answers });
  const found = graph.node('Gather', [labels, rows], { axis: 0n });
  return artifact.classes.map((_, code) => share(double(graph.node('Equal', [found, integer(code)]))));

  function inverse(): OnnxValue {
    const distances = spec.metric === 'euclidean' ? graph.node('Sqrt', [near!]) : near!;
    const nearest = graph.node('Gather', [distances, integer(0)], { axis: 1n });
    const same = graph.node('Equal', [distances, nearest]);
    return graph.node('Where', [same, number(1), graph.node('Div', [nearest, distances])]);
  }
}
