import type { DuplicateRows } from '../../../preload/contract/relations.ts';
import type { TaskContext } from '../../jobs/index.ts';
import { readBlocks } from '../reading/read-columns.ts';
import { blockRows, type Block } from '../snapshot/block.ts';
import type { SnapshotManifest } from '../snapshot/manifest.ts';
import { addToRowHashes, createRowHashes, type RowHashes } from '../snapshot/row-hashes.ts';
import { sameCells } from '../snapshot/same-cells.ts';

const shownExamples = 10;

/** Rows that are bit for bit like an earlier one: recognised by hashes, then compared value by value. */
export async function duplicateRows(
  { columns, rows }: SnapshotManifest,
  { reader, signal, progress }: Pick<TaskContext, 'reader' | 'signal' | 'progress'>,
): Promise<DuplicateRows> {
  const hashes = createRowHashes(rows);
  for (const [index, column] of columns.entries()) {
    progress((0.7 * index) / columns.length, `rows that occur twice: column "${column.name}"`);
    let at = 0;
    for await (const block of readBlocks(reader, column, signal)) {
      addToRowHashes(hashes, block, at);
      at += block.rows;
    }
  }
  const pairs =
    columns.length > 0 ? likelyPairs(hashes) : { later: new Int32Array(), earlier: new Int32Array() };
  const differ = new Uint8Array(pairs.later.length);
  for (const [index, column] of columns.entries()) {
    if (differ.length === 0) break;
    progress(0.7 + (0.3 * index) / columns.length, `rows that occur twice: column "${column.name}"`);
    const blocks: Block[] = [];
    for await (const block of readBlocks(reader, column, signal)) blocks.push(block);
    compare(blocks, pairs, differ);
  }
  const groups = new Set<number>();
  const examples: { row: number; like: number }[] = [];
  let found = 0;
  for (const [pair, row] of pairs.later.entries()) {
    if (differ[pair]) continue;
    const like = pairs.earlier[pair]!;
    found++;
    groups.add(like);
    if (examples.length < shownExamples) examples.push({ row: row + 1, like: like + 1 });
  }
  return { rows: found, groups: groups.size, examples };
}

interface Pairs {
  readonly later: Int32Array;
  /** The first row with the same hashes. */
  readonly earlier: Int32Array;
}

function likelyPairs({ first, second }: RowHashes): Pairs {
  const rows = first.length;
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * rows + 2))).fill(-1);
  const mask = slots.length - 1;
  const later: number[] = [];
  const earlier: number[] = [];
  for (let row = 0; row < rows; row++) {
    let slot = first[row]! & mask;
    let known = slots[slot]!;
    while (known >= 0 && (first[known] !== first[row] || second[known] !== second[row])) {
      slot = (slot + 1) & mask;
      known = slots[slot]!;
    }
    if (known < 0) slots[slot] = row;
    else {
      later.push(row);
      earlier.push(known);
    }
  }
  return { later: Int32Array.from(later), earlier: Int32Array.from(earlier) };
}

/** Marks the pairs that differ in this column. */
function compare(blocks: readonly Block[], { later, earlier }: Pairs, differ: Uint8Array): void {
  let [left, right] = [-1, -1];
  let same: ReturnType<typeof sameCells> | undefined;
  for (let pair = 0; pair < later.length; pair++) {
    const [i, j] = [later[pair]!, earlier[pair]!];
    const [a, b] = [Math.floor(i / blockRows), Math.floor(j / blockRows)];
    if (!same || a !== left || b !== right) same = sameCells(blocks[a]!, blocks[b]!);
    [left, right] = [a, b];
    if (!same(i - a * blockRows, j - b * blockRows)) differ[pair] = 1;
  }
}
