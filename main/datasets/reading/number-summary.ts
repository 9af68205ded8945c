import type { ColumnSummary, HistogramBin } from '../../../preload/contract/datasets.ts';
import { moments, quantileSorted } from '../../math/index.ts';
import type * as z from 'zod';

const bins = 20;

export interface NumberSummary {
  /** Exact. -0 and 0 count as one, and so do all NaN. */
  readonly distinct: number;
  /** Null when there is no finite value. */
  readonly numeric: ColumnSummary['numeric'];
  readonly histogram: z.infer<typeof HistogramBin>[];
}

/**
 * Facts about numbers, from the finite ones. Sorts `values` in place. Quantiles by linear interpolation (type 7 of Hyndman
 * and Fan 1996), standard deviation with n - 1. Histogram: 20 equal bins from the least to the greatest value, each with
 * its lower edge, the last with its upper edge too; whole numbers in a range of 20 or less get a bin each.
 */
export function summariseNumbers(values: Float64Array, decimal: boolean): NumberSummary {
  values.sort();
  let distinct = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const before = values[i - 1];
    if (i === 0 || !(value === before || (value !== value && before !== before))) distinct++;
  }
  // Sorted: -Infinity first, then numbers, Infinity, NaN.
  let from = 0;
  let to = values.length;
  while (from < to && values[from] === -Infinity) from++;
  while (to > from && !Number.isFinite(values[to - 1])) to--;
  const finite = values.subarray(from, to);
  const n = finite.length;
  if (n === 0) return { distinct, numeric: null, histogram: [] };
  const { mean, deviation } = moments(finite);
  const q = (level: number): number => quantileSorted(finite, level);
  let zeros = 0;
  let negatives = 0;
  for (const value of finite) {
    if (value === 0) zeros++;
    else if (value < 0) negatives++;
    else break;
  }
  return {
    distinct,
    numeric: {
      min: finite[0]! + 0,
      max: finite[n - 1]! + 0,
      mean,
      standardDeviation: n > 1 ? deviation * Math.sqrt(n / (n - 1)) : null,
      quantiles: { q01: q(0.01), q25: q(0.25), q50: q(0.5), q75: q(0.75), q99: q(0.99) },
      zeros,
      negatives,
    },
    histogram: histogramOf(finite, decimal),
  };
}

function histogramOf(sorted: Float64Array, decimal: boolean): z.infer<typeof HistogramBin>[] {
  const least = sorted[0]!;
  const greatest = sorted[sorted.length - 1]!;
  const each = !decimal && greatest - least <= bins;
  if (least === greatest && !each) return [{ lower: least, upper: greatest, count: sorted.length }];
  const count = each ? greatest - least + 1 : bins;
  const step = each ? 1 : (greatest - least) / count;
  // The widest range of doubles is wider than a double.
  const edge = (i: number): number =>
    Number.isFinite(step) ? least + i * step : least * (1 - i / count) + greatest * (i / count);
  const upperEdge = (i: number): number => (i === count && !each ? greatest : edge(i));
  const result: z.infer<typeof HistogramBin>[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    const upper = upperEdge(i + 1);
    const start = at;
    if (i === count - 1) at = sorted.length;
    else while (at < sorted.length && sorted[at]! < upper) at++;
    result.push({ lower: edge(i), upper, count: at - start });
  }
  return result;
}
