import type { CodedColumn } from './coded-column.ts';

/** A column of numbers by level, with mean 0 and deviation 1 over its own rows. */
export interface NumberColumn extends CodedColumn {
  readonly values: Float64Array;
  readonly scores: Float64Array;
  readonly rankScores: Float64Array;
}

export function prepareNumbers(column: CodedColumn): NumberColumn {
  const values = column.values ?? new Float64Array();
  return {
    ...column,
    values,
    scores: standardised(values, column.counts),
    rankScores: standardised(midranks(column.counts), column.counts),
  };
}

/** Mean rank of each level's rows, from 1. */
export function midranks(counts: Uint32Array): Float64Array {
  const ranks = new Float64Array(counts.length);
  let before = 0;
  for (let level = 0; level < counts.length; level++) {
    ranks[level] = before + (counts[level]! + 1) / 2;
    before += counts[level]!;
  }
  return ranks;
}

/** All 0 where nothing varies. Scaled first, so that nothing overflows. */
function standardised(values: Float64Array, counts: Uint32Array): Float64Array {
  let largest = 0;
  let n = 0;
  for (let i = 0; i < values.length; i++) {
    if (counts[i] === 0) continue;
    largest = Math.max(largest, Math.abs(values[i]!));
    n += counts[i]!;
  }
  const unit = largest || 1;
  let mean = 0;
  for (let i = 0; i < values.length; i++) mean += ((values[i]! / unit) * counts[i]!) / n;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i]! / unit - mean) ** 2 * counts[i]!;
  const deviation = Math.sqrt(squares / n);
  return values.map((value) => (deviation > 0 ? (value / unit - mean) / deviation : 0));
}

export interface Correlation {
  readonly pearson: number | null;
  readonly spearman: number | null;
}

/** Pearson's and Spearman's coefficients of the rows that have both; null where one of them doesn't vary there. */
export function correlate(a: NumberColumn, b: NumberColumn): Correlation {
  if (!a.missing && !b.missing) {
    const { pearson, spearman } = productSums(a, b, a.rankScores, b.rankScores);
    return { pearson, spearman };
  }
  // Ranks are among the rows that have both.
  const countsA = new Uint32Array(a.counts.length);
  const countsB = new Uint32Array(b.counts.length);
  for (let row = 0; row < a.codes.length; row++) {
    const [i, j] = [a.codes[row]!, b.codes[row]!];
    if (i < 0 || j < 0) continue;
    countsA[i] = countsA[i]! + 1;
    countsB[j] = countsB[j]! + 1;
  }
  const ranksA = standardised(midranks(countsA), countsA);
  const ranksB = standardised(midranks(countsB), countsB);
  return productSums(a, b, ranksA, ranksB);
}

function productSums(
  a: NumberColumn,
  b: NumberColumn,
  ranksA: Float64Array,
  ranksB: Float64Array,
): Correlation {
  const { codes: ours, scores: x } = a;
  const { codes: theirs, scores: y } = b;
  let n = 0;
  let sumX = 0;
  let sumY = 0;
  let squareX = 0;
  let squareY = 0;
  let products = 0;
  let ranks = 0;
  let rankSquareX = 0;
  let rankSquareY = 0;
  for (let row = 0; row < ours.length; row++) {
    const i = ours[row]!;
    const j = theirs[row]!;
    if (i < 0 || j < 0) continue;
    const [u, v, r, s] = [x[i]!, y[j]!, ranksA[i]!, ranksB[j]!];
    n++;
    sumX += u;
    sumY += v;
    squareX += u * u;
    squareY += v * v;
    products += u * v;
    ranks += r * s;
    rankSquareX += r * r;
    rankSquareY += s * s;
  }
  return {
    pearson: ratio(products - (sumX * sumY) / n, squareX - (sumX * sumX) / n, squareY - (sumY * sumY) / n, n),
    spearman: ratio(ranks, rankSquareX, rankSquareY, n),
  };
}

/** Below this share of a row's square, a sum of squares is rounding. */
const rounding = 1e-13;

function ratio(products: number, squareX: number, squareY: number, n: number): number | null {
  if (n < 2 || !(squareX > rounding * n) || !(squareY > rounding * n)) return null;
  return Math.max(-1, Math.min(1, products / Math.sqrt(squareX * squareY)));
}

/**
 * Cramér's V of the rows that have both: sqrt(chi-square / n / (min(levels) - 1)), without correction (Cramér 1946, 21.9).
 * Null where one of them doesn't vary there.
 */
export function cramersV(a: CodedColumn, b: CodedColumn): number | null {
  const wide = b.counts.length;
  const table = new Float64Array(a.counts.length * wide);
  let n = 0;
  for (let row = 0; row < a.codes.length; row++) {
    const i = a.codes[row]!;
    const j = b.codes[row]!;
    if (i < 0 || j < 0) continue;
    const cell = i * wide + j;
    table[cell] = table[cell]! + 1;
    n++;
  }
  const down = new Float64Array(a.counts.length);
  const across = new Float64Array(wide);
  for (let cell = 0; cell < table.length; cell++) {
    const count = table[cell]!;
    const [i, j] = [Math.floor(cell / wide), cell % wide];
    down[i] = down[i]! + count;
    across[j] = across[j]! + count;
  }
  let chi = 0;
  for (let cell = 0; cell < table.length; cell++) {
    const expected = (down[Math.floor(cell / wide)]! * across[cell % wide]!) / n;
    if (expected > 0) chi += (table[cell]! - expected) ** 2 / expected;
  }
  const levels = Math.min(filled(down), filled(across));
  return levels < 2 ? null : Math.min(1, Math.sqrt(chi / n / (levels - 1)));
}

function filled(counts: Float64Array): number {
  return counts.reduce((total, count) => total + (count > 0 ? 1 : 0), 0);
}

/**
 * The correlation ratio eta of a number by category, of the rows that have both: the root of the share of the number's variance that
 * lies between categories (Pearson 1905). Null where the number or the category doesn't vary there.
 */
export function correlationRatio(number: NumberColumn, category: CodedColumn): number | null {
  const levels = category.counts.length;
  const sums = new Float64Array(levels);
  const counts = new Float64Array(levels);
  let squares = 0;
  for (let row = 0; row < number.codes.length; row++) {
    const i = number.codes[row]!;
    const j = category.codes[row]!;
    if (i < 0 || j < 0) continue;
    const score = number.scores[i]!;
    sums[j] = sums[j]! + score;
    counts[j] = counts[j]! + 1;
    squares += score * score;
  }
  let n = 0;
  let total = 0;
  let between = 0;
  for (let level = 0; level < levels; level++) {
    if (counts[level] === 0) continue;
    n += counts[level]!;
    total += sums[level]!;
    between += sums[level]! ** 2 / counts[level]!;
  }
  const all = squares - total ** 2 / n;
  if (filled(counts) < 2 || !(all > rounding * n)) return null;
  return Math.sqrt(Math.max(0, Math.min(1, (between - total ** 2 / n) / all)));
}
