import { quantileSorted, select } from '../math/index.ts';

/**
 * Where to cut values into bins of equally many: the inner quantiles, ascending, each once and above the smallest value, so that
 * ties make fewer bins and none is empty. (scikit-learn's KBinsDiscretizer also joins a highest value that many rows have to the
 * bin below, and so makes one bin of a 0/1 column.) `values` have no gaps, and are rearranged.
 */
export function quantileEdges(values: Float64Array, bins: number): number[] {
  const n = values.length;
  if (n === 0) return [];
  const below = Array.from({ length: bins }, (_, i) => Math.floor((i / bins) * (n - 1)));
  const needed = [...new Set(below.flatMap((k) => [k, Math.min(n - 1, k + 1)]))].sort((a, b) => a - b);
  placeAll(values, needed, { from: 0, to: n - 1, first: 0, last: needed.length - 1 });
  const all = below.map((k, i) => {
    // Two neighbours in order, and where between them the quantile is: type 7.
    const part = (i / bins) * (n - 1) - k;
    return quantileSorted([values[k]!, values[Math.min(n - 1, k + 1)]!], part);
  });
  return all.filter((edge, i) => i > 0 && edge > (all[i - 1] ?? edge));
}

/** Brings each needed place (ascending) to hold what it would hold if all were sorted, by halves: faster than sorting. */
function placeAll(
  values: Float64Array,
  needed: readonly number[],
  {
    from,
    to,
    first,
    last,
  }: { readonly from: number; readonly to: number; readonly first: number; readonly last: number },
): void {
  if (first > last) return;
  const middle = (first + last) >> 1;
  const place = needed[middle]!;
  select(values, place, from, to);
  placeAll(values, needed, { from, to: place - 1, first, last: middle - 1 });
  placeAll(values, needed, { from: place + 1, to, first: middle + 1, last });
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
