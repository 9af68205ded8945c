import { sortNumbers } from '../../math/index.ts';

/** The different values of a column, ascending (-Infinity first, NaN last), and how many rows have each. */
export interface Levels {
  readonly values: Float64Array;
  readonly counts: Uint32Array;
}

/** Whole numbers in a range as small as this are counted, not sorted. */
const countedRange = 2 ** 22;

/** Exact; -0 and 0 are one value, and so are all NaN. Rearranges `values`, and the result may lie in its memory. */
export function countLevels(values: Float64Array): Levels {
  const range = wholeRange(values);
  if (range && range.greatest - range.least < Math.min(countedRange, 4 * values.length + 1024))
    return countWhole(values, range);
  return countSorted(sortNumbers(values));
}

interface Range {
  readonly least: number;
  readonly greatest: number;
}

/** Undefined when there is anything but whole numbers of 32 bits. */
function wholeRange(values: Float64Array): Range | undefined {
  let least = Infinity;
  let greatest = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if ((value | 0) !== value) return undefined;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return values.length > 0 ? { least, greatest } : undefined;
}

function countWhole(values: Float64Array, { least, greatest }: Range): Levels {
  const table = new Uint32Array(greatest - least + 1);
  for (let i = 0; i < values.length; i++) {
    const at = values[i]! - least;
    table[at] = table[at]! + 1;
  }
  let size = 0;
  for (const count of table) if (count > 0) size++;
  const levels = { values: new Float64Array(size), counts: new Uint32Array(size) };
  for (let at = 0, level = 0; at < table.length; at++) {
    if (table[at] === 0) continue;
    levels.values[level] = least + at;
    levels.counts[level++] = table[at]!;
  }
  return levels;
}

function countSorted(sorted: Float64Array): Levels {
  const n = sorted.length;
  let size = 0;
  for (let i = 0; i < n; i++) if (i === 0 || differ(sorted[i - 1]!, sorted[i]!)) size++;
  const counts = new Uint32Array(size);
  let level = -1;
  for (let i = 0; i < n; i++) {
    const value = sorted[i]!;
    // What is overwritten was read before: `level` is never ahead of `i`.
    if (level < 0 || differ(sorted[level]!, value)) sorted[++level] = value + 0;
    counts[level] = counts[level]! + 1;
  }
  return { values: sorted.subarray(0, size), counts };
}

function differ(a: number, b: number): boolean {
  return a !== b && (a === a || b === b);
}

/** The levels of most rows, at most `limit`, the commonest first; of equally common ones the first in order. */
export function commonest(
  counts: Uint32Array | Int32Array,
  limit: number,
  before: (a: number, b: number) => boolean = (a, b) => a < b,
): number[] {
  const best: number[] = [];
  const precedes = (a: number, b: number): boolean =>
    counts[a] === counts[b] ? before(a, b) : counts[a]! > counts[b]!;
  for (let level = 0; level < counts.length; level++) {
    const last = best[limit - 1];
    if (
      counts[level] === 0 ||
      (last !== undefined && (counts[level]! < counts[last]! || !precedes(level, last)))
    )
      continue;
    let at = Math.min(best.length, limit - 1);
    while (at > 0 && precedes(level, best[at - 1]!)) {
      best[at] = best[at - 1]!;
      at--;
    }
    best[at] = level;
  }
  return best;
}
