import {
  chiSquareUpper,
  fisherTwoSided,
  kolmogorovDistance,
  kolmogorovTwoSided,
  quantileSorted,
} from '../../math/index.ts';
import { rowsOf } from '../expectations/values.ts';
import type { ColumnValues, NumberValues, TextValues } from '../../datasets/index.ts';

/** A standardised difference with its 95 % interval. */
export interface Effect {
  /** `d`: difference of means in standard deviations; `v`: Cramér's V of the table of levels by table. */
  readonly kind: 'd' | 'v';
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface Difference {
  readonly effect: Effect | null;
  readonly test: {
    readonly name: 'kolmogorov-smirnov' | 'chi-square';
    readonly statistic: number;
    readonly p: number;
  } | null;
  readonly psi: number | null;
  readonly js: number | null;
  readonly missing: { readonly reference: number; readonly other: number; readonly p: number };
  /** Whether the difference, if it is real, is large enough to matter. */
  readonly matters: boolean;
}

/** Differences smaller than these are no alarm at any number of rows. */
const smallest = { d: 0.1, distance: 0.05, v: 0.05, missing: 0.02 };

/** Both columns have the same type. */
export function differ(reference: ColumnValues, other: ColumnValues): Difference {
  const values =
    reference.kind === 'text'
      ? compareLevels(levelCounts(reference, other as TextValues))
      : reference.type === 'bool'
        ? compareLevels(boolCounts(reference, other as NumberValues))
        : compareNumbers(presentValues(reference), presentValues(other as NumberValues));
  const missing = compareMissing(missingOf(reference), rowsOf(reference), missingOf(other), rowsOf(other));
  const missingMatters = Math.abs(missing.reference - missing.other) >= smallest.missing;
  return { ...values, missing, matters: values.matters || missingMatters };
}

function missingOf(column: ColumnValues): number {
  let count = 0;
  if (column.kind === 'text') for (const code of column.codes) count += code < 0 ? 1 : 0;
  else for (const value of column.values) count += Number.isNaN(value) ? 1 : 0;
  return count;
}

/** Ascending. */
export function presentValues({ values }: NumberValues): Float64Array {
  return values.filter((value) => !Number.isNaN(value)).sort();
}

type OfValues = Omit<Difference, 'missing'>;

const nothing: OfValues = { effect: null, test: null, psi: null, js: null, matters: false };

function compareNumbers(a: Float64Array, b: Float64Array): OfValues {
  if (a.length < 2 || b.length < 2) return nothing;
  const effect = meanDifference(a, b);
  const statistic = kolmogorovDistance(a, b);
  const edges = [...new Set(Array.from({ length: 9 }, (_, i) => quantileSorted(a, (i + 1) / 10)))];
  const binsA = binCounts(a, edges);
  const binsB = binCounts(b, edges);
  return {
    effect,
    test: { name: 'kolmogorov-smirnov', statistic, p: kolmogorovTwoSided(statistic, a.length, b.length) },
    psi: stability(binsA, binsB),
    js: shannonDistance(binsA, binsB),
    matters: Math.abs(effect?.value ?? 0) >= smallest.d || statistic >= smallest.distance,
  };
}

/**
 * Hedges' g: difference of means (other less reference) in pooled standard deviations, corrected for small samples, with the
 * normal interval of its large-sample variance (Hedges and Olkin 1985). Null when nothing varies.
 */
function meanDifference(a: Float64Array, b: Float64Array): Effect | null {
  const [ma, va] = meanAndVariance(a);
  const [mb, vb] = meanAndVariance(b);
  const df = a.length + b.length - 2;
  const pooled = Math.sqrt(((a.length - 1) * va + (b.length - 1) * vb) / df);
  if (!(pooled > 0) || !Number.isFinite(pooled)) return null;
  const value = ((mb - ma) / pooled) * (1 - 3 / (4 * df - 1));
  const error = Math.sqrt(1 / a.length + 1 / b.length + (value * value) / (2 * (a.length + b.length)));
  return {
    kind: 'd',
    value,
    low: value - 1.959963984540054 * error,
    high: value + 1.959963984540054 * error,
  };
}

/** Welford's running mean and sample variance. */
function meanAndVariance(values: Float64Array): [number, number] {
  let mean = 0;
  let squares = 0;
  values.forEach((value, i) => {
    const step = value - mean;
    mean += step / (i + 1);
    squares += step * (value - mean);
  });
  return [mean, squares / (values.length - 1)];
}

/** How many ascending values lie in each of (-∞, edge0), [edge0, edge1), ..., [last, ∞). */
function binCounts(sorted: Float64Array, edges: readonly number[]): number[] {
  const counts = Array.from({ length: edges.length + 1 }, () => 0);
  let bin = 0;
  for (const value of sorted) {
    while (bin < edges.length && value >= edges[bin]!) bin++;
    counts[bin]! += 1;
  }
  return counts;
}

interface LevelCounts {
  readonly a: number[];
  readonly b: number[];
}

function levelCounts(reference: TextValues, other: TextValues): LevelCounts {
  const places = new Map<string, number>();
  for (const level of [...reference.levels, ...other.levels])
    if (!places.has(level)) places.set(level, places.size);
  const count = ({ levels, codes }: TextValues): number[] => {
    const own = new Float64Array(levels.length);
    for (const code of codes) if (code >= 0) own[code]! += 1;
    const all = Array.from({ length: places.size }, () => 0);
    levels.forEach((level, code) => (all[places.get(level)!] = own[code]!));
    return all;
  };
  return { a: count(reference), b: count(other) };
}

function boolCounts(reference: NumberValues, other: NumberValues): LevelCounts {
  return { a: countBools(reference), b: countBools(other) };
}

function countBools({ values }: NumberValues): number[] {
  const counts = [0, 0];
  for (const value of values) if (!Number.isNaN(value)) counts[value]! += 1;
  return counts;
}

function compareLevels({ a, b }: LevelCounts): OfValues {
  const na = a.reduce((n, count) => n + count, 0);
  const nb = b.reduce((n, count) => n + count, 0);
  if (na === 0 || nb === 0) return nothing;
  const [x, y] = mergeRare(a, b, na, nb);
  const df = x.length - 1;
  const statistic = df > 0 ? chiSquare(x, y, na, nb) : 0;
  const n = na + nb;
  const value = Math.sqrt(statistic / n);
  // The interval of the noncentrality, roughly: the square root of a chi-square is nearly normal with variance 1/2 · 2.
  const spread = 1.959963984540054 / Math.sqrt(n);
  return {
    effect:
      df > 0
        ? { kind: 'v', value, low: Math.max(0, value - spread), high: Math.min(1, value + spread) }
        : null,
    test: { name: 'chi-square', statistic, p: df > 0 ? chiSquareUpper(statistic, df) : 1 },
    psi: stability(x, y),
    js: shannonDistance(x, y),
    matters: Math.sqrt(Math.max(0, statistic - df) / n) >= smallest.v,
  };
}

/** Levels expected in fewer than five rows of either table are counted as one, so that the chi-square test holds (Cochran 1954). */
function mergeRare(a: readonly number[], b: readonly number[], na: number, nb: number): [number[], number[]] {
  const x: number[] = [];
  const y: number[] = [];
  let restA = 0;
  let restB = 0;
  const least = Math.min(na, nb) / (na + nb);
  a.forEach((count, i) => {
    const both = count + b[i]!;
    if (both * least >= 5) {
      x.push(count);
      y.push(b[i]!);
    } else {
      restA += count;
      restB += b[i]!;
    }
  });
  if ((restA + restB) * least >= 5 || x.length === 0) {
    x.push(restA);
    y.push(restB);
  } else if (restA + restB > 0) {
    x[0]! += restA;
    y[0]! += restB;
  }
  return [x, y];
}

function chiSquare(a: readonly number[], b: readonly number[], na: number, nb: number): number {
  return a.reduce((total, count, i) => {
    const share = (count + b[i]!) / (na + nb);
    return share === 0
      ? total
      : total + (count - share * na) ** 2 / (share * na) + (b[i]! - share * nb) ** 2 / (share * nb);
  }, 0);
}

/** Population stability index Σ (q - p) ln(q / p), with half a row added to each bin so that an empty one stays finite. */
function stability(a: readonly number[], b: readonly number[]): number {
  const [p, q] = [smoothed(a), smoothed(b)];
  return p.reduce((total, share, i) => total + (q[i]! - share) * Math.log(q[i]! / share), 0);
}

function smoothed(counts: readonly number[]): number[] {
  const total = counts.reduce((n, count) => n + count, 0) + counts.length / 2;
  return counts.map((count) => (count + 0.5) / total);
}

/** Jensen-Shannon distance with logarithms to base 2: 0 when alike, 1 when nothing is shared. */
function shannonDistance(a: readonly number[], b: readonly number[]): number {
  const na = a.reduce((n, count) => n + count, 0);
  const nb = b.reduce((n, count) => n + count, 0);
  const divergence = a.reduce((total, count, i) => {
    const p = count / na;
    const q = b[i]! / nb;
    const m = (p + q) / 2;
    return total + (p > 0 ? p * Math.log2(p / m) : 0) / 2 + (q > 0 ? q * Math.log2(q / m) : 0) / 2;
  }, 0);
  return Math.sqrt(Math.max(0, divergence));
}

function compareMissing(a: number, na: number, b: number, nb: number): Difference['missing'] {
  const x = [a, na - a];
  const y = [b, nb - b];
  const both = a + b;
  const least = (Math.min(both, na + nb - both) * Math.min(na, nb)) / (na + nb);
  const p = least < 5 ? fisherTwoSided(a, na, b, nb) : chiSquareUpper(chiSquare(x, y, na, nb), 1);
  return { reference: a / na, other: b / nb, p };
}
