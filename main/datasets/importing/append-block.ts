import { int32Values, isPresent, valueBits, type Block } from '../snapshot/block.ts';
import type { ColumnBuilder } from '../snapshot/column-builder.ts';

/** Puts the values of a block behind a builder's rows. */
export function appendBlock(builder: ColumnBuilder, { type, rows, validity, values, text }: Block): void {
  const start = builder.length;
  builder.ensure(start + rows);
  for (let row = 0; row < rows; row++) builder.present[start + row] = isPresent(validity, row) ? 1 : 0;
  if (type === 'bool')
    for (let row = 0; row < rows; row++) builder.flags[start + row] = (values[row >> 3]! >> (row & 7)) & 1;
  else if (builder.isText) {
    const ends = int32Values(values, rows + 1);
    builder.ensureText(text.length);
    const place = builder.int32[start]!;
    builder.text.set(text, place);
    for (let row = 1; row <= rows; row++) builder.int32[start + row] = place + ends[row]!;
  } else {
    const width = valueBits(type) / 8;
    new Uint8Array(builder.int32.buffer).set(values, start * width);
  }
  builder.length += rows;
}
