import type { ColumnType } from '../../../preload/contract/datasets.ts';
import { int32Values, isPresent, valueBits, valuesLength, type Block } from '../snapshot/block.ts';

/** Rows [from, to) of a block. */
export interface BlockPart {
  readonly block: Block;
  readonly from: number;
  readonly to: number;
}

/** Parts of blocks of one type, one after the other, as one block. */
export function joinBlocks(type: ColumnType, parts: readonly BlockPart[]): Block {
  const rows = parts.reduce((sum, { from, to }) => sum + to - from, 0);
  const validity = new Uint8Array(Math.ceil(rows / 8));
  const values = new Uint8Array(valuesLength(type, rows));
  const texts: Uint8Array[] = [];
  const offsets = type === 'utf8' ? new Int32Array(values.buffer) : undefined;
  let nulls = 0;
  let at = 0;
  for (const { block, from, to } of parts) {
    for (let row = from; row < to; row++) {
      const bit = at + row - from;
      if (isPresent(block.validity, row)) setBit(validity, bit);
      else nulls++;
      if (type === 'bool' && isPresent(block.values, row)) setBit(values, bit);
    }
    if (offsets) {
      const own = int32Values(block.values, block.rows + 1);
      const start = own[from]!;
      const base = offsets[at]!;
      for (let row = from; row < to; row++) offsets[at + row - from + 1] = base + own[row + 1]! - start;
      texts.push(block.text.subarray(start, own[to]));
    } else if (type !== 'bool') {
      const width = valueBits[type] / 8;
      values.set(block.values.subarray(from * width, to * width), at * width);
    }
    at += to - from;
  }
  return {
    type,
    rows,
    nulls,
    validity: nulls > 0 ? validity : undefined,
    values,
    text: Buffer.concat(texts),
  };
}

function setBit(bits: Uint8Array, at: number): void {
  bits[at >> 3] = bits[at >> 3]! | (1 << (at & 7));
}
