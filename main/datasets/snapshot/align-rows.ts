import type { ObjectReader } from '../../platform/objects/index.ts';
import { readBlock } from '../reading/open-snapshot.ts';
import { blockRows, type Block } from './block.ts';
import type { ManifestColumn, SnapshotManifest } from './manifest.ts';
import { addToRowHashes, createRowHashes } from './row-hashes.ts';

/** Rows from `at` of the new table that are rows from `from` of the base, a few of them edited. */
export interface Run {
  readonly at: number;
  readonly from: number;
  readonly count: number;
}

/** Finds the rows of a base again in a table that comes group by group. */
export interface RowAligner {
  /** Runs of a group of rows, in order; `at` counts from the group's first row, which is row `start` of the table. */
  align(start: number, blocks: readonly (Block | undefined)[], shift: number): Promise<Run[]>;
}

/** Beyond this many rows the base is not looked through: it would take four bytes for each. */
const rowLimit = 50_000_000;
/** In long tables every 16th hash is an anchor. */
const anchorMask = 15;
const sampleSize = 128;

/** `columns`: the base's column for each of the table's, where it has one of that name and type. */
export function createRowAligner(
  reader: ObjectReader,
  { rows }: Pick<SnapshotManifest, 'rows'>,
  columns: readonly (ManifestColumn | undefined)[],
): RowAligner {
  let prepared: Promise<Anchors> | undefined;

  const prepare = async (start: number, blocks: readonly (Block | undefined)[]): Promise<Anchors> => {
    const chosen: number[] = [];
    const common: number[] = [];
    for (const [index, column] of columns.entries()) {
      const block = blocks[index];
      if (!column || !block) continue;
      common.push(index);
      if (await sharesValues(reader, column, Math.floor(start / blockRows), block)) chosen.push(index);
    }
    const used = chosen.length > 0 ? chosen : common;
    const hashes = createRowHashes(rows);
    for (const index of used) {
      const column = columns[index]!;
      for (let block = 0; block < column.blocks.length; block++)
        addToRowHashes(hashes, await readBlock(reader, column, block), block * blockRows);
    }
    return createAnchors(hashes.first, used);
  };

  return {
    async align(start, blocks, shift) {
      const count = blocks.find((block) => block)?.rows ?? 0;
      if (rows === 0 || rows > rowLimit || count === 0) return [];
      const anchors = await (prepared ??= prepare(start, blocks));
      const own = createRowHashes(count);
      for (const index of anchors.columns) {
        const block = blocks[index];
        if (block) addToRowHashes(own, block, 0);
      }
      return walk(own.first, start, anchors, shift);
    },
  };
}

/** Whether some of the column's values were there before: one with all values new can't help to recognise rows. */
export async function sharesValues(
  reader: ObjectReader,
  column: ManifestColumn,
  index: number,
  block: Block,
): Promise<boolean> {
  const base = await readBlock(reader, column, Math.min(index, column.blocks.length - 1));
  const there = createRowHashes(base.rows);
  addToRowHashes(there, base, 0);
  const known = new Set(there.first);
  const own = createRowHashes(block.rows);
  addToRowHashes(own, block, 0);
  const step = Math.max(1, Math.floor(block.rows / sampleSize));
  let found = 0;
  let looked = 0;
  for (let row = 0; row < block.rows; row += step, looked++) found += Number(known.has(own.first[row]!));
  return found * 10 >= looked;
}

interface Anchors {
  /** Which of the table's columns the hashes cover. */
  readonly columns: readonly number[];
  readonly hashes: Int32Array;
  /** The only row with this hash, if it is an anchor; -1 otherwise. */
  readonly find: (hash: number) => number;
}

function createAnchors(hashes: Int32Array, columns: readonly number[]): Anchors {
  const mask = hashes.length > 4 * blockRows ? anchorMask : 0;
  const size = 2 ** Math.ceil(Math.log2(Math.max(16, (2.5 * hashes.length) / (mask + 1))));
  const slots = new Int32Array(size).fill(-1);
  const ambiguous = -2;
  const keys = new Int32Array(size);
  const slotOf = (hash: number): number => {
    let slot = (Math.imul(hash, 0x9e3779b1) >>> 0) & (size - 1);
    while (slots[slot] !== -1 && keys[slot] !== hash) slot = (slot + 1) & (size - 1);
    return slot;
  };
  for (const [row, hash] of hashes.entries()) {
    if ((hash & mask) !== 0) continue;
    const slot = slotOf(hash);
    slots[slot] = slots[slot] === -1 ? row : ambiguous;
    keys[slot] = hash;
  }
  return {
    columns,
    hashes,
    find: (hash) => ((hash & mask) === 0 ? Math.max(-1, slots[slotOf(hash)]!) : -1),
  };
}

/** Follows the base at one shift for as long as rows agree; where they stop to, an anchor or the next agreeing row tells how to go on. */
function walk(own: Int32Array, start: number, { hashes, find }: Anchors, firstShift: number): Run[] {
  const runs: Run[] = [];
  let shift = firstShift;
  let from = -1;
  let last = -1;
  const agrees = (row: number, by: number): boolean => {
    const other = start + row + by;
    return row < own.length && other >= 0 && other < hashes.length && own[row] === hashes[other];
  };
  const close = (): void => {
    if (from >= 0) runs.push({ at: from, from: start + from + shift, count: last + 1 - from });
    from = -1;
  };
  let row = 0;
  while (row < own.length) {
    if (agrees(row, shift)) {
      if (from < 0) from = row;
      last = row++;
      continue;
    }
    let next = row;
    let other = shift;
    for (; next < own.length && !agrees(next, shift); next++) {
      const anchor = find(own[next]!);
      if (anchor < 0) continue;
      other = anchor - start - next;
      if (other !== shift && (agrees(next + 1, other) || agrees(next - 1, other))) break;
      other = shift;
    }
    if (other !== shift) {
      let first = next;
      while (first > row && agrees(first - 1, other)) first--;
      close();
      shift = other;
      from = first;
      last = next;
    }
    row = next;
  }
  close();
  return runs;
}
