import { quantileSorted } from '../math/index.ts';

/**
 * Where to cut values into bins of equally many: the inner quantiles, ascending. As in scikit-learn, one that is not more than 1e-8
 * above the one before is left out, so that ties make fewer bins. `values` have no gaps, and are sorted in place.
 */
export function quantileEdges(values: Float64Array, bins: number): number[] {
  if (values.length === 0) return [];
  const sorted = values.sort();
  const all = Array.from({ length: bins + 1 }, (_, i) => quantileSorted(sorted, i / bins));
  return all.filter((edge, i) => i === 0 || edge - (all[i - 1] ?? edge) > 1e-8).slice(1, -1);
}

/** How many ascending edges are at most `value`: the number of its bin. */
export function edgesReached(edges: readonly number[], value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle] ?? Infinity) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
