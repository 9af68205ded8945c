import { knownValues, type WorkColumn } from '../../columns.ts';
import type { Target } from '../../design.ts';
import { edgesReached, quantileEdges } from '../../quantile-edges.ts';

/** A column as labels from 0: its levels, or which bin of equally many rows a number is in. Missing is a label of its own. */
export function binsOf(column: WorkColumn, bins: number): Int32Array {
  if (column.kind !== 'number') return column.codes.map((code) => code + 1);
  const edges = quantileEdges(knownValues(column), bins);
  return Int32Array.from(column.values, (value) =>
    Number.isNaN(value) ? 0 : 1 + edgesReached(edges, value),
  );
}

export function targetBins(target: Target, bins: number): Int32Array {
  if (target.task === 'classification') return target.codes;
  return binsOf({ kind: 'number', name: '', values: target.values }, bins);
}

/** In nats: sum of p(a, b) log(p(a, b) / (p(a) p(b))) over the pairs of labels there are; never below 0. */
export function mutualInformation(a: Int32Array, b: Int32Array): number {
  const rows = a.length;
  const width = b.reduce((most, label) => Math.max(most, label), 0) + 1;
  const ofA = new Map<number, number>();
  const ofB = new Map<number, number>();
  const pairs = new Map<number, number>();
  for (let row = 0; row < rows; row++) {
    const left = a[row] ?? 0;
    const right = b[row] ?? 0;
    count(ofA, left);
    count(ofB, right);
    count(pairs, left * width + right);
  }
  // In the order of the counts' sizes, so that the sum does not depend on how labels are numbered.
  const terms = Array.from(pairs, ([pair, together]) => {
    const left = ofA.get(Math.floor(pair / width)) ?? 1;
    const right = ofB.get(pair % width) ?? 1;
    return (together / rows) * Math.log((together * rows) / (left * right));
  }).sort((x, y) => x - y);
  return Math.max(
    0,
    terms.reduce((sum, term) => sum + term, 0),
  );
}

function count(counts: Map<number, number>, key: number): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
