import type { ObjectReader } from '../../platform/objects/index.ts';
import { createBlockCache } from '../reading/block-cache.ts';
import { readBlock } from '../reading/open-snapshot.ts';
import { blockRows, type Block } from '../snapshot/block.ts';
import { sameCells, type SameCells } from '../snapshot/same-cells.ts';
import { comparableText } from './cell-value.ts';
import { sameType, type ColumnPair } from './compare-columns.ts';

/** Rows of the later table whose cell in one column differs from that of their row in the earlier one, in rising order. */
export async function changedCells(
  reader: ObjectReader,
  pair: ColumnPair,
  match: Int32Array,
  signal: AbortSignal,
): Promise<Int32Array> {
  const rows = createRowList();
  const cache = createBlockCache();
  for (const [index, { hash, rows: count }] of pair.after.blocks.entries()) {
    signal.throwIfAborted();
    const start = index * blockRows;
    if (pair.before.blocks[index]?.hash === hash && sameType(pair) && stayed(match, start, count)) continue;
    const block = await readBlock(reader, pair.after, index);
    const partners = new Map<number, SameCells>();
    for (let row = start; row < start + count; row++) {
      const partner = match[row]!;
      if (partner < 0) continue;
      const place = Math.floor(partner / blockRows);
      let same = partners.get(place);
      if (!same) {
        same = comparer(await cache.get(reader, pair.before, place), block);
        if (partners.size >= 64) partners.clear();
        partners.set(place, same);
      }
      if (!same(partner % blockRows, row - start)) rows.add(row);
    }
  }
  return rows.all();
}

function stayed(match: Int32Array, start: number, count: number): boolean {
  for (let row = start; row < start + count; row++) if (match[row] !== row) return false;
  return true;
}

/** Cells of two types are the same when they say the same. */
function comparer(before: Block, after: Block): SameCells {
  if (before.type === after.type) return sameCells(before, after);
  return (i, j) => comparableText(before, i) === comparableText(after, j);
}

function createRowList() {
  let rows = new Int32Array(1024);
  let length = 0;
  return {
    add(row: number): void {
      if (length === rows.length) {
        const larger = new Int32Array(2 * length);
        larger.set(rows);
        rows = larger;
      }
      rows[length++] = row;
    },
    all: (): Int32Array => rows.slice(0, length),
  };
}
