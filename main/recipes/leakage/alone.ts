import type { RawColumn } from '../columns.ts';
import type { Target } from '../design.ts';
import { quantiles } from '../../math/index.ts';

const parts = 50;

/**
 * How much of the target one column explains alone, 0 to 1: it is cut into its levels, or into 50 parts of equal size, and each
 * row predicted from the other rows of its part (mean, or most frequent class). For numbers R², for classes the share of a
 * majority guess's mistakes that it mends.
 */
export function explainedAlone(column: RawColumn, target: Target, known: Uint8Array): number {
  const part = partOfRows(column);
  return target.task === 'regression'
    ? explainedVariance(part, target.values, known)
    : mendedMistakes(part, target.codes, target.classes.length, known);
}

/** Missing values are a part of their own. */
function partOfRows(column: RawColumn): Int32Array {
  if (column.kind === 'category') return column.codes.map((code) => code + 1);
  const present = column.values.filter((value) => !Number.isNaN(value));
  const distinct = new Set<number>();
  for (const value of present) if (distinct.add(value).size > parts) break;
  const cuts =
    distinct.size <= parts
      ? [...distinct].sort((a, b) => a - b)
      : [
          ...new Set(
            quantiles(
              present,
              Array.from({ length: parts - 1 }, (_, i) => (i + 1) / parts),
            ),
          ),
        ];
  return Int32Array.from(column.values, (value) => {
    if (Number.isNaN(value)) return 0;
    let low = 0;
    let high = cuts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (value >= cuts[middle]!) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  });
}

function explainedVariance(part: Int32Array, values: Float64Array, known: Uint8Array): number {
  const count: number[] = [];
  const sum: number[] = [];
  let n = 0;
  let total = 0;
  part.forEach((p, row) => {
    if (known[row] === 0) return;
    count[p] = (count[p] ?? 0) + 1;
    sum[p] = (sum[p] ?? 0) + values[row]!;
    n++;
    total += values[row]!;
  });
  const mean = total / n;
  let left = 0;
  let all = 0;
  part.forEach((p, row) => {
    if (known[row] === 0) return;
    const value = values[row]!;
    const others = count[p]! - 1;
    const guess = others > 0 ? (sum[p]! - value) / others : mean;
    left += (value - guess) ** 2;
    all += (value - mean) ** 2;
  });
  return all > 0 ? Math.max(0, 1 - left / all) : 0;
}

function mendedMistakes(part: Int32Array, codes: Int32Array, classes: number, known: Uint8Array): number {
  const width = Math.max(0, ...part) + 1;
  const counts = new Int32Array(width * classes);
  const overall = new Int32Array(classes);
  let n = 0;
  part.forEach((p, row) => {
    if (known[row] === 0) return;
    counts[p * classes + codes[row]!]! += 1;
    overall[codes[row]!]! += 1;
    n++;
  });
  const majority = overall.reduce((best, count, code) => (count > overall[best]! ? code : best), 0);
  let right = 0;
  part.forEach((p, row) => {
    if (known[row] === 0) return;
    const own = codes[row]!;
    let best = majority;
    let most = 0;
    for (let code = 0; code < classes; code++) {
      const others = counts[p * classes + code]! - (code === own ? 1 : 0);
      if (others > most) {
        most = others;
        best = code;
      }
    }
    if (best === own) right++;
  });
  const base = overall[majority]!;
  return n > base ? Math.max(0, (right - base) / (n - base)) : 0;
}
