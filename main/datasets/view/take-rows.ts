import { isTextType, type NumberType, type TextType } from '../../../preload/contract/column-types.ts';
import type { ObjectReader } from '../../platform/objects/index.ts';
import type { BlockCache } from '../reading/block-cache.ts';
import { blockRows, int32Values, isPresent, valueBits, valuesLength, type Block } from '../snapshot/block.ts';
import type { ManifestColumn } from '../snapshot/manifest.ts';

/** The values of some rows of a column, in the order asked for, as one block. Reads only the blocks they are in. */
export async function takeRows(
  reader: ObjectReader,
  column: ManifestColumn,
  rows: Uint32Array,
  cache: BlockCache,
): Promise<Block> {
  const indices = [...new Set(Array.from(rows, (row) => Math.floor(row / blockRows)))];
  const read = await Promise.all(indices.map((index) => cache.get(reader, column, index)));
  const blocks = new Map(indices.map((index, i) => [index, read[i]!]));
  const blockOf = (row: number): Block => blocks.get(Math.floor(row / blockRows))!;
  const { type } = column;
  return isTextType(type) ? takeTexts(type, rows, blockOf) : takeValues(type, rows, blockOf);
}

function takeValues(type: NumberType, rows: Uint32Array, blockOf: (row: number) => Block): Block {
  const validity = new Uint8Array(Math.ceil(rows.length / 8));
  const values = new Uint8Array(valuesLength(type, rows.length));
  const width = valueBits(type) / 8;
  let nulls = 0;
  rows.forEach((row, at) => {
    const block = blockOf(row);
    const place = row % blockRows;
    if (isPresent(block.validity, place)) setBit(validity, at);
    else nulls++;
    if (type === 'bool') {
      if (isPresent(block.values, place)) setBit(values, at);
    } else values.set(block.values.subarray(place * width, (place + 1) * width), at * width);
  });
  return {
    type,
    rows: rows.length,
    nulls,
    validity: nulls > 0 ? validity : undefined,
    values,
    text: new Uint8Array(),
  };
}

function takeTexts(type: TextType, rows: Uint32Array, blockOf: (row: number) => Block): Block {
  const validity = new Uint8Array(Math.ceil(rows.length / 8));
  const offsets = new Int32Array(rows.length + 1);
  const texts: Uint8Array[] = [];
  let nulls = 0;
  rows.forEach((row, at) => {
    const block = blockOf(row);
    const place = row % blockRows;
    if (isPresent(block.validity, place)) setBit(validity, at);
    else nulls++;
    const own = int32Values(block.values, block.rows + 1);
    const text = block.text.subarray(own[place], own[place + 1]);
    texts.push(text);
    offsets[at + 1] = offsets[at]! + text.length;
  });
  return {
    type,
    rows: rows.length,
    nulls,
    validity: nulls > 0 ? validity : undefined,
    values: new Uint8Array(offsets.buffer),
    text: Buffer.concat(texts),
  };
}

function setBit(bits: Uint8Array, at: number): void {
  bits[at >> 3] = bits[at >> 3]! | (1 << (at & 7));
}
