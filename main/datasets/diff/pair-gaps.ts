import { createBlockCache } from '../reading/block-cache.ts';
import { blockRows } from '../snapshot/block.ts';
import { sameCells, type SameCells } from '../snapshot/same-cells.ts';
import type { MatchInput } from './by-position.ts';
import type { ColumnPair } from './compare-columns.ts';
import type { Gap } from './match-rows.ts';

/** Rows times rows up to which a gap is looked into cell by cell, for one gap and for all. */
const gapLimit = 64 * 64;
const allLimit = 4_000_000;

/**
 * Decides which rows of a gap are the same row, changed: where that leaves more cells as they were, rows in order that have at least half of
 * their cells in common; otherwise the first with the first, and so on. What is left is removed or added.
 */
export async function pairGaps(input: MatchInput, gaps: readonly Gap[], match: Int32Array): Promise<void> {
  const close: Gap[] = [];
  let cells = 0;
  for (const gap of gaps) {
    const size = rowsOf(gap) * othersOf(gap);
    if (size > 1 && size <= gapLimit && (cells += size) <= allLimit) close.push(gap);
    else for (let i = 0; i < Math.min(rowsOf(gap), othersOf(gap)); i++) match[gap.after + i] = gap.before + i;
  }
  const likeness = close.map((gap) => new Uint16Array(rowsOf(gap) * othersOf(gap)));
  for (const pair of input.pairs) await addLikeness(input, pair, close, likeness);
  for (const [index, gap] of close.entries())
    pairAlike(gap, likeness[index] ?? new Uint16Array(), input.pairs.length, match);
}

const rowsOf = ({ before, beforeEnd }: Gap): number => beforeEnd - before;
const othersOf = ({ after, afterEnd }: Gap): number => afterEnd - after;

/** Counts equal cells of one column for each pair of rows in each gap. */
async function addLikeness(
  { reader, signal }: MatchInput,
  pair: ColumnPair,
  gaps: readonly Gap[],
  likeness: readonly Uint16Array[],
): Promise<void> {
  const cache = createBlockCache();
  const known = new Map<string, SameCells>();
  const comparer = async (block: number, other: number): Promise<SameCells> => {
    const key = `${block} ${other}`;
    const there = known.get(key);
    if (there) return there;
    if (known.size > 8) known.clear();
    const made = sameCells(
      await cache.get(reader, pair.before, block),
      await cache.get(reader, pair.after, other),
    );
    known.set(key, made);
    return made;
  };
  for (const [index, gap] of gaps.entries()) {
    signal.throwIfAborted();
    const counts = likeness[index]!;
    const width = othersOf(gap);
    for (let row = gap.before; row < gap.beforeEnd; row++) {
      for (let other = gap.after; other < gap.afterEnd; other++) {
        const [block, place] = [Math.floor(row / blockRows), Math.floor(other / blockRows)];
        const same = known.get(`${block} ${place}`) ?? (await comparer(block, place));
        const at = (row - gap.before) * width + other - gap.after;
        if (same(row % blockRows, other % blockRows)) counts[at] = counts[at]! + 1;
      }
    }
  }
}

/** The pairs in order with most cells in common (an alignment as of Needleman and Wunsch, without cost for what is left out). */
function pairAlike(gap: Gap, likeness: Uint16Array, columns: number, match: Int32Array): void {
  const [rows, others] = [rowsOf(gap), othersOf(gap)];
  const width = others + 1;
  const best = new Int32Array((rows + 1) * width);
  const gain = (i: number, j: number): number => {
    const alike = likeness[i * others + j]!;
    return 2 * alike >= columns ? alike : -1;
  };
  for (let i = rows - 1; i >= 0; i--)
    for (let j = others - 1; j >= 0; j--)
      best[i * width + j] = Math.max(
        best[(i + 1) * width + j]!,
        best[i * width + j + 1]!,
        best[(i + 1) * width + j + 1]! + gain(i, j),
      );
  let straight = 0;
  for (let i = 0; i < Math.min(rows, others); i++) straight += likeness[i * others + i]!;
  if (rows === others && straight >= best[0]!) {
    for (let i = 0; i < rows; i++) match[gap.after + i] = gap.before + i;
    return;
  }
  for (let i = 0, j = 0; i < rows && j < others;) {
    const here = best[i * width + j]!;
    if (gain(i, j) >= 0 && here === best[(i + 1) * width + j + 1]! + gain(i, j))
      match[gap.after + j++] = gap.before + i++;
    else if (here === best[(i + 1) * width + j]!) i++;
    else j++;
  }
}
