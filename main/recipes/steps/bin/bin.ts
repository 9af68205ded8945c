import * as z from 'zod';
import { knownValues, type WorkColumn } from '../../columns.ts';
import { edgesReached, quantileEdges } from '../../quantile-edges.ts';
import { defineStep, type GraphColumn, type StepPlace } from '../../step.ts';
import { graphNumbers, numberColumn, wrongParam } from '../../step-columns.ts';

const params = z.object({
  method: z.enum(['equal-width', 'quantile', 'edges']).default('quantile').meta({
    title: 'Method',
    description:
      'equal-width: from the smallest to the largest; quantile: equally many training rows in each; edges: cut at the given values',
  }),
  bins: z
    .int()
    .min(2)
    .max(1000)
    .default(5)
    .meta({ title: 'Bins', description: 'how many; fewer where quantiles coincide; not for given edges' }),
  edges: z.array(z.number()).default([]).meta({
    title: 'Edges',
    description:
      'where to cut, ascending, when the method is edges; a value on an edge is in the bin above it',
  }),
  encode: z.enum(['one-hot', 'codes', 'ordinal']).default('one-hot').meta({
    title: 'Becomes',
    description:
      'one-hot: a 0/1 feature per bin; codes: one feature of bins as levels; ordinal: the number of the bin, from 0',
  }),
});

const state = z.object({
  encode: z.enum(['one-hot', 'codes', 'ordinal']),
  /** Inner edges per column, ascending: n edges make n + 1 bins. */
  edges: z.array(z.array(z.number())),
});

/** Cuts numbers into bins: a value is in the bin of as many edges as it reaches. A missing value is in none. */
export const bin = defineStep({
  id: 'bin',
  version: 1,
  title: 'Bin',
  doc: 'Cuts numbers into ranges of equal width, of equally many rows, or at given edges. A missing value is in no range.',
  selects: 'numbers',
  params,
  state,
  fit(columns, { method, bins, edges, encode }, place) {
    if (method === 'edges') refuseEdges(edges, place);
    else if (edges.length > 0)
      throw wrongParam('bin', place, 'edges', `the method is ${method}; say "method: edges" to cut at them`);
    const learned = columns.map((column) => {
      const values = knownValues(numberColumn(column, 'bin', place));
      return method === 'edges'
        ? edges
        : method === 'quantile'
          ? quantileEdges(values, bins)
          : byWidth(values, bins);
    });
    return { encode, edges: learned };
  },
  apply: (columns, { encode, edges }, place) =>
    columns.map((column, i): WorkColumn[] => {
      const { name, values } = numberColumn(column, 'bin', place);
      const cuts = edges[i] ?? [];
      if (encode === 'ordinal') {
        const made = new Float64Array(values.length);
        for (let row = 0; row < made.length; row++) {
          const value = values[row]!;
          made[row] = Number.isNaN(value) ? NaN : edgesReached(cuts, value);
        }
        return [{ kind: 'number', name, values: made }];
      }
      const codes = new Int32Array(values.length);
      for (let row = 0; row < codes.length; row++) {
        const value = values[row]!;
        codes[row] = Number.isNaN(value) ? -1 : edgesReached(cuts, value);
      }
      return [{ kind: encode, name, levels: binNames(cuts), codes }];
    }),
  onnx: (graph, columns, { encode, edges }) =>
    graphNumbers(columns).map(({ name, value }, i): GraphColumn[] => {
      const cuts = edges[i] ?? [];
      const number = (data: number[]) =>
        graph.constant({ type: 'double', shape: [1, Math.max(1, data.length)], data });
      const reached = graph.node('GreaterOrEqual', [value, number(cuts.length > 0 ? [...cuts] : [Infinity])]);
      const count = graph.node(
        'ReduceSum',
        [
          graph.node('Cast', [reached], { to: 11n }),
          graph.constant({ type: 'int64', shape: [1], data: [1] }),
        ],
        { keepdims: 1n },
      );
      const gap = graph.node('IsNaN', [value]);
      if (encode === 'ordinal')
        return [{ kind: 'number', name, value: graph.node('Where', [gap, number([NaN]), count]) }];
      const codes = graph.node('Cast', [graph.node('Where', [gap, number([-1]), count])], { to: 7n });
      return [{ kind: encode, name, levels: binNames(cuts), codes }];
    }),
});

function refuseEdges(edges: readonly number[], place: StepPlace): void {
  if (edges.length === 0)
    throw wrongParam('bin', place, 'edges', 'say at least one value to cut at, because the method is edges');
  const wrong = edges.findIndex((edge, i) => i > 0 && !(edge > (edges[i - 1] ?? Infinity)));
  if (wrong < 0) return;
  const message = `must ascend, and ${edges[wrong]} comes after ${edges[wrong - 1]}`;
  throw wrongParam('bin', place, 'edges', message);
}

function byWidth(values: Float64Array, bins: number): number[] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (!(high > low)) return [];
  const edges = Array.from({ length: bins - 1 }, (_, i) => low + ((i + 1) * (high - low)) / bins);
  return edges.filter((edge, i) => edge > (edges[i - 1] ?? low));
}

/** `< 2`, `2 to 5`, `5 and more`: with as few digits as keep them apart. */
function binNames(edges: readonly number[]): string[] {
  if (edges.length === 0) return ['any'];
  const short = edges.map((edge) => String(Number(edge.toPrecision(6))));
  const shown = new Set(short).size === edges.length ? short : edges.map(String);
  return [
    `< ${shown[0]}`,
    ...shown.slice(1).map((edge, i) => `${shown[i]} to ${edge}`),
    `${shown.at(-1)} and more`,
  ];
}
