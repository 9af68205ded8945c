import type { BinnedColumn } from './bins.ts';

/** A named part of the other table that the reference has no row of. */
export interface Segment {
  /** In words: `zip = z95603, beds >= 6`. */
  readonly segment: string;
  readonly rows: number;
  readonly referenceRows: 0;
  /** Index of a row of the other table, 0 for the first, at most a few. */
  readonly examples: readonly number[];
}

export interface Segments {
  readonly segments: readonly Segment[];
  /** Rows of the other table that lie in any of them. */
  readonly unlike: number;
}

const mostColumns = 40;
const shown = 50;
const shownExamples = 5;

/**
 * Parts named by one or two columns that hold rows of the other table and none of the reference. One is told only when that is no
 * accident: were all rows from one table, the chance that every row of the part fell to the other side, times the number of parts
 * looked at, is below 1 in 1,000. A part of two columns is left out where one of them alone says it.
 */
export function findSegments(columns: readonly BinnedColumn[], rows: number, otherRows: number): Segments {
  const logShare = Math.log(otherRows / (rows + otherRows));
  const looked = columns.slice(0, mostColumns);
  const tests =
    looked.reduce((sum, { labels }) => sum + labels.length, 0) +
    pairsOf(looked).reduce((sum, [a, b]) => sum + a.labels.length * b.labels.length, 0);
  const least = Math.max(1, Math.ceil((Math.log(0.001) - Math.log(tests)) / logShare));
  const unlike = new Uint8Array(otherRows);
  const found: Segment[] = [];
  const told = new Map<BinnedColumn, Set<number>>();
  for (const column of looked) {
    const bins = emptyBins([column], rows, otherRows, least);
    told.set(column, new Set(bins.map(({ code }) => code)));
    for (const { code, count } of bins) {
      found.push(describe([column], [code], count, unlike));
    }
  }
  for (const pair of pairsOf(looked)) {
    const [a, b] = pair;
    for (const { code, count } of emptyBins(pair, rows, otherRows, least)) {
      const x = Math.floor(code / b.labels.length);
      const y = code % b.labels.length;
      if (told.get(a)?.has(x) || told.get(b)?.has(y)) continue;
      found.push(describe(pair, [x, y], count, unlike));
    }
  }
  return {
    segments: found.toSorted((a, b) => b.rows - a.rows).slice(0, shown),
    unlike: unlike.reduce((sum, one) => sum + one, 0),
  };
}

function pairsOf(columns: readonly BinnedColumn[]): [BinnedColumn, BinnedColumn][] {
  return columns.flatMap((a, i) => columns.slice(i + 1).map((b): [BinnedColumn, BinnedColumn] => [a, b]));
}

function emptyBins(
  columns: readonly BinnedColumn[],
  rows: number,
  otherRows: number,
  least: number,
): { code: number; count: number }[] {
  const [a, b] = columns;
  const width = b?.labels.length ?? 1;
  const size = a!.labels.length * width;
  const held = new Uint8Array(size);
  for (let row = 0; row < rows; row++) held[a!.reference[row]! * width + (b ? b.reference[row]! : 0)] = 1;
  const counts = new Uint32Array(size);
  for (let row = 0; row < otherRows; row++) counts[a!.other[row]! * width + (b ? b.other[row]! : 0)]! += 1;
  return [...counts.keys()]
    .filter((code) => held[code] === 0 && counts[code]! >= least)
    .map((code) => ({ code, count: counts[code]! }));
}

function describe(
  columns: readonly BinnedColumn[],
  codes: readonly number[],
  rows: number,
  unlike: Uint8Array,
): Segment {
  const examples: number[] = [];
  const [a, b] = columns;
  for (let row = 0; row < unlike.length; row++) {
    if (a!.other[row] !== codes[0] || (b && b.other[row] !== codes[1])) continue;
    unlike[row] = 1;
    if (examples.length < shownExamples) examples.push(row);
  }
  const segment = columns.map(({ labels }, i) => labels[codes[i]!]!).join(', ');
  return { segment, rows, referenceRows: 0, examples };
}
