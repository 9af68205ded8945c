import type { ObjectReader } from '../../platform/objects/index.ts';
import { readBlock } from '../reading/open-snapshot.ts';
import { sharesValues } from '../snapshot/align-rows.ts';
import { blockRows } from '../snapshot/block.ts';
import type { ManifestColumn } from '../snapshot/manifest.ts';
import { addToRowHashes, createRowHashes, type RowHashes } from '../snapshot/row-hashes.ts';
import type { ColumnPair } from './compare-columns.ts';
import { matchRows, type Gap } from './match-rows.ts';
import { pairGaps } from './pair-gaps.ts';

export interface MatchInput {
  readonly reader: ObjectReader;
  /** Columns of the same name and type. */
  readonly pairs: readonly ColumnPair[];
  readonly before: number;
  readonly after: number;
  readonly signal: AbortSignal;
}

/**
 * For each row of the later table its row of the earlier one, or -1. Groups of 65,536 rows of which more than half of the columns are the same,
 * block by block, stay where they are; the rows of the other groups are recognised by their content.
 */
export async function matchByPosition(input: MatchInput): Promise<Int32Array> {
  const match = new Int32Array(input.after).fill(-1);
  for (const span of changedSpans(input, match)) await matchSpan(input, span, match);
  return match;
}

interface Span {
  readonly from: number;
  readonly beforeEnd: number;
  readonly afterEnd: number;
}

/** Fills in the groups that stayed and returns what is between them. */
function changedSpans({ pairs, before, after }: MatchInput, match: Int32Array): Span[] {
  const spans: Span[] = [];
  let start = 0;
  const groups = Math.ceil(Math.min(before, after) / blockRows);
  for (let group = 0; group < groups; group++) {
    const from = group * blockRows;
    const end = Math.min(from + blockRows, after);
    const sameRows = Math.min(from + blockRows, before) === end;
    const same = pairs.filter((pair) => pair.before.blocks[group]?.hash === pair.after.blocks[group]?.hash);
    if (!sameRows || 2 * same.length <= pairs.length) continue;
    if (from > start) spans.push({ from: start, beforeEnd: from, afterEnd: from });
    for (let row = from; row < end; row++) match[row] = row;
    start = end;
  }
  if (start < Math.max(before, after)) spans.push({ from: start, beforeEnd: before, afterEnd: after });
  return spans;
}

async function matchSpan(input: MatchInput, span: Span, match: Int32Array): Promise<void> {
  const { pairs } = input;
  const counts = [span.beforeEnd - span.from, span.afterEnd - span.from] as const;
  if (counts[0] <= 0 || counts[1] <= 0) return;
  if (pairs.length === 0)
    return pairInOrder({ before: 0, beforeEnd: counts[0], after: 0, afterEnd: counts[1] }, span.from, match);
  const chosen = await recognisable(input, span);
  const hashesOf = (side: 'before' | 'after', rows: number): Promise<RowHashes> =>
    hashRows(
      input,
      chosen.map((pair) => pair[side]),
      span.from,
      rows,
    );
  const before = await hashesOf('before', counts[0]);
  const after = await hashesOf('after', counts[1]);
  const own = new Int32Array(counts[1]).fill(-1);
  const gaps = matchRows(before, after, own).map((gap) => moved(gap, span.from));
  for (let row = 0; row < own.length; row++)
    if (own[row]! >= 0) match[span.from + row] = span.from + own[row]!;
  await pairGaps(input, gaps, match);
}

function moved({ before, beforeEnd, after, afterEnd }: Gap, by: number): Gap {
  return { before: before + by, beforeEnd: beforeEnd + by, after: after + by, afterEnd: afterEnd + by };
}

function pairInOrder(gap: Gap, by: number, match: Int32Array): void {
  const count = Math.min(gap.beforeEnd - gap.before, gap.afterEnd - gap.after);
  for (let i = 0; i < count; i++) match[by + gap.after + i] = by + gap.before + i;
}

/** A column with all values new would make every row look new. */
async function recognisable({ reader, pairs }: MatchInput, { from }: Span): Promise<ColumnPair[]> {
  const group = Math.floor(from / blockRows);
  const kept: ColumnPair[] = [];
  for (const pair of pairs) {
    const block = await readBlock(reader, pair.after, group);
    if (await sharesValues(reader, pair.before, group, block)) kept.push(pair);
  }
  return kept.length > 0 ? kept : [...pairs];
}

/** Hashes of `rows` rows from row `from`, which is the first of a block. */
export async function hashRows(
  { reader, signal }: Pick<MatchInput, 'reader' | 'signal'>,
  columns: readonly ManifestColumn[],
  from: number,
  rows: number,
): Promise<RowHashes> {
  const hashes = createRowHashes(rows);
  const first = from / blockRows;
  for (const column of columns) {
    for (let index = first; index * blockRows < from + rows; index++) {
      signal.throwIfAborted();
      addToRowHashes(hashes, await readBlock(reader, column, index), index * blockRows - from);
    }
  }
  return hashes;
}
