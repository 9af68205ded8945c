import type { ColumnProfile, HistogramBin } from '../../../preload/contract/column-profile.ts';
import { quantileSorted } from '../../math/index.ts';
import type * as z from 'zod';
import type { Levels } from './count-levels.ts';

const bins = 20;

type Numeric = NonNullable<ColumnProfile['numeric']>;
type Bin = z.infer<typeof HistogramBin>;

export interface NumberFacts {
  /** Null when there is no finite value. */
  readonly numeric: Numeric | null;
  readonly histogram: Bin[];
  /** Rows with NaN or an infinity. */
  readonly notFinite: number;
}

/**
 * Facts about a column's numbers, from the finite ones. Quantiles by linear interpolation (type 7 of Hyndman and Fan 1996),
 * standard deviation with n - 1, outliers outside Tukey's fences (1.5 quartile distances beyond the quartiles). Histogram: 20
 * equal bins from the least to the greatest value, each with its lower edge, the last with its upper edge too; whole numbers
 * in a range of 20 or less get a bin each.
 */
export function profileNumbers({ values, counts }: Levels, decimal: boolean): NumberFacts {
  let from = 0;
  let to = values.length;
  while (from < to && values[from] === -Infinity) from++;
  while (to > from && !Number.isFinite(values[to - 1])) to--;
  const finite: Levels = { values: values.subarray(from, to), counts: counts.subarray(from, to) };
  const n = total(finite.counts);
  const notFinite = total(counts) - n;
  if (n === 0) return { numeric: null, histogram: [], notFinite };
  const { mean, standardDeviation } = momentsOf(finite, n);
  const [q01, q05, q25, q50, q75, q95, q99] = quantilesOf(finite, n);
  const room = 1.5 * (q75 - q25);
  return {
    notFinite,
    numeric: {
      min: finite.values[0]!,
      max: finite.values[finite.values.length - 1]!,
      mean,
      standardDeviation,
      quantiles: { q01, q05, q25, q50, q75, q95, q99 },
      zeros: rowsBetween(finite, 0, 0),
      negatives: rowsBetween(finite, -Infinity, -Number.MIN_VALUE),
      outliers: {
        below: rowsBetween(finite, -Infinity, q25 - room, true),
        above: n - rowsBetween(finite, -Infinity, q75 + room),
        lower: q25 - room,
        upper: q75 + room,
      },
    },
    histogram: histogramOf(finite, n, decimal),
  };
}

function total(counts: Uint32Array): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i]!;
  return sum;
}

/** Rows from `least` to `greatest`, both included, or without `greatest` itself. */
function rowsBetween({ values, counts }: Levels, least: number, greatest: number, open = false): number {
  let rows = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value > greatest || (open && value === greatest)) break;
    if (value >= least) rows += counts[i]!;
  }
  return rows;
}

/** In units of a power of two near the largest value, so that nothing overflows; around the mean, so that nothing cancels. */
function momentsOf(
  { values, counts }: Levels,
  n: number,
): { mean: number; standardDeviation: number | null } {
  const largest = Math.max(Math.abs(values[0]!), Math.abs(values[values.length - 1]!), Number.MIN_VALUE);
  // 2 ** 1024 is not finite, 2 ** -1022 is the smallest whose inverse is.
  const unit = 2 ** Math.min(1023, Math.max(-1022, Math.ceil(Math.log2(largest))));
  const first = values[0]! / unit;
  let sum = 0;
  let rest = 0;
  // Neumaier's correction (1974).
  for (let i = 0; i < values.length; i++) {
    const term = (values[i]! / unit - first) * counts[i]!;
    const next = sum + term;
    rest += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
    sum = next;
  }
  const centre = first + (sum + rest) / n;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const distance = values[i]! / unit - centre;
    squares += distance * distance * counts[i]!;
  }
  const constant = values.length === 1;
  return {
    mean: constant ? values[0]! : centre * unit,
    standardDeviation: n > 1 ? (constant ? 0 : Math.sqrt(squares / (n - 1)) * unit) : null,
  };
}

const levels = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99] as const;
type Seven = [number, number, number, number, number, number, number];

function quantilesOf({ values, counts }: Levels, n: number): Seven {
  let level = 0;
  let upTo = counts[0]!;
  const seen = (k: number): number => {
    while (k >= upTo) upTo += counts[++level]!;
    return values[level]!;
  };
  return levels.map((q) => {
    const position = q * (n - 1);
    const below = Math.floor(position);
    const low = seen(below);
    const [mark, place] = [level, upTo];
    const high = seen(Math.min(n - 1, below + 1));
    [level, upTo] = [mark, place];
    return quantileSorted([low, high], position - below);
  }) as Seven;
}

function histogramOf({ values, counts }: Levels, n: number, decimal: boolean): Bin[] {
  const least = values[0]!;
  const greatest = values[values.length - 1]!;
  const each = !decimal && greatest - least <= bins;
  if (least === greatest && !each) return [{ lower: least, upper: greatest, count: n }];
  const count = each ? greatest - least + 1 : bins;
  const step = each ? 1 : (greatest - least) / count;
  // The widest range of doubles is wider than a double.
  const edge = (i: number): number =>
    Number.isFinite(step) ? least + i * step : least * (1 - i / count) + greatest * (i / count);
  const upperEdge = (i: number): number => (i === count && !each ? greatest : edge(i));
  const result: Bin[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    const below = i === count - 1 ? Infinity : upperEdge(i + 1);
    let rows = 0;
    for (; at < values.length && values[at]! < below; at++) rows += counts[at]!;
    result.push({ lower: edge(i), upper: upperEdge(i + 1), count: rows });
  }
  return result;
}
