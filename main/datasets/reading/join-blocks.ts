import { isTextType, type ColumnType, type NumberType } from '../../../preload/contract/column-types.ts';
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
  const isText = isTextType(type);
  const values = isText ? new Uint8Array(valuesLength(type, rows)) : joinValues(type, parts, rows);
  const text = isText ? joinTexts(parts, new Int32Array(values.buffer)) : new Uint8Array();
  const { validity, nulls } = joinValidity(parts, rows);
  return { type, rows, nulls, validity: nulls > 0 ? validity : undefined, values, text };
}

function joinValidity(
  parts: readonly BlockPart[],
  rows: number,
): { readonly validity: Uint8Array; readonly nulls: number } {
  const validity = new Uint8Array(Math.ceil(rows / 8));
  if (parts.every(({ block }) => !block.validity)) return { validity, nulls: 0 };
  let nulls = 0;
  let at = 0;
  for (const { block, from, to } of parts) {
    if (block.validity) nulls += to - from - copyBits(block.validity, from, to, validity, at);
    else fillBits(validity, at, at + to - from);
    at += to - from;
  }
  return { validity, nulls };
}

function joinValues(type: NumberType, parts: readonly BlockPart[], rows: number): Uint8Array<ArrayBuffer> {
  const values = new Uint8Array(valuesLength(type, rows));
  const width = valueBits(type) / 8;
  let at = 0;
  for (const { block, from, to } of parts) {
    if (type === 'bool') copyBits(block.values, from, to, values, at);
    else values.set(block.values.subarray(from * width, to * width), at * width);
    at += to - from;
  }
  return values;
}

/** Fills the offsets and returns the texts, one after the other. */
function joinTexts(parts: readonly BlockPart[], offsets: Int32Array): Uint8Array {
  let at = 0;
  for (const { block, from, to } of parts) {
    const own = int32Values(block.values, block.rows + 1);
    const shift = offsets[at]! - own[from]!;
    for (let row = from; row < to; row++) offsets[++at] = own[row + 1]! + shift;
  }
  const text = new Uint8Array(offsets[at]!);
  at = 0;
  for (const { block, from, to } of parts) {
    const own = int32Values(block.values, block.rows + 1);
    text.set(block.text.subarray(own[from], own[to]), offsets[at]);
    at += to - from;
  }
  return text;
}

/** Copies bits [from, to) to `at` on, where zeros are; returns how many were 1. */
function copyBits(bits: Uint8Array, from: number, to: number, out: Uint8Array, at: number): number {
  let ones = 0;
  for (let row = from, bit = at; row < to; row++, bit++) {
    if (!isPresent(bits, row)) continue;
    out[bit >> 3] = out[bit >> 3]! | (1 << (bit & 7));
    ones++;
  }
  return ones;
}

function fillBits(bits: Uint8Array, from: number, to: number): void {
  let at = from;
  for (; at < to && (at & 7) !== 0; at++) bits[at >> 3] = bits[at >> 3]! | (1 << (at & 7));
  const whole = (to - at) >> 3;
  if (whole > 0) bits.fill(0xff, at >> 3, (at >> 3) + whole);
  for (at += 8 * Math.max(0, whole); at < to; at++) bits[at >> 3] = bits[at >> 3]! | (1 << (at & 7));
}
