import { isTextType, type ColumnType } from '../../../preload/contract/column-types.ts';
import { blockRows, packBits, valueBits, type Block } from './block.ts';

/**
 * Collects values of one column in Arrow's layout, one block and a little more at a time. The arrays are open to the code
 * that fills them (readers of text files write them value by value), and grow on `ensure`; `length` counts whole rows.
 * A row is missing when its `present` is 0; a missing text must have no bytes.
 */
export class ColumnBuilder {
  readonly type: ColumnType;
  readonly isText: boolean;
  /** Bits per value. */
  readonly #bits: number;
  length = 0;
  /** 1 where there is a value, 0 where it is missing. */
  present = new Uint8Array(0);
  /** One byte per row; bool only. */
  flags = new Uint8Array(0);
  /** Views of the same bytes: dates, halves of 64-bit integers (low first) and text offsets; integers, of decimals two each; float64 values. */
  int32 = new Int32Array(0);
  int64 = new BigInt64Array(0);
  float64 = new Float64Array(0);
  /** Bytes of all texts; `int32[row + 1]` is where the text of `row` ends. */
  text = new Uint8Array(0);

  constructor(type: ColumnType) {
    this.type = type;
    this.isText = isTextType(type);
    this.#bits = valueBits(type);
    this.ensure(1024);
  }

  /** Makes room for rows up to `rows` in all. */
  ensure(rows: number): void {
    if (rows <= this.present.length) return;
    const size = Math.max(rows, Math.min(this.present.length * 2, blockRows + 16_384));
    this.present = grown(this.present, new Uint8Array(size));
    if (this.type === 'bool') {
      this.flags = grown(this.flags, new Uint8Array(size));
      return;
    }
    const bytes = new Uint8Array(Math.ceil(((size + 1) * this.#bits) / 64) * 8);
    bytes.set(new Uint8Array(this.int32.buffer));
    this.int32 = new Int32Array(bytes.buffer);
    this.int64 = new BigInt64Array(bytes.buffer);
    this.float64 = new Float64Array(bytes.buffer);
  }

  /** Makes room for `more` bytes of text after the texts so far. */
  ensureText(more: number): void {
    const needed = this.int32[this.length]! + more;
    if (needed > this.text.length)
      this.text = grown(this.text, new Uint8Array(Math.max(needed, 2 * this.text.length, 4096)));
  }

  /** Bytes of text held, for bounds on memory. */
  textBytes(): number {
    return this.isText ? this.int32[this.length]! : 0;
  }

  /** The first `rows` rows as a block, made canonical. Valid until the next change of this builder. */
  block(rows: number): Block {
    let present = 0;
    for (let i = 0; i < rows; i++) present += this.present[i]!;
    const nulls = rows - present;
    if (nulls > 0) this.#clearNulls(rows);
    if (this.type === 'float64') this.#unifyNaN(rows);
    return {
      type: this.type,
      rows,
      nulls,
      validity: nulls > 0 ? packBits(this.present, rows) : undefined,
      values: this.#values(rows),
      text: this.isText ? this.text.subarray(0, this.int32[rows]) : new Uint8Array(),
    };
  }

  /** Forgets the first `rows` rows. */
  drop(rows: number): void {
    const rest = this.length - rows;
    this.present.copyWithin(0, rows, this.length);
    if (this.type === 'bool') this.flags.copyWithin(0, rows, this.length);
    else if (this.isText) {
      const start = this.int32[rows]!;
      this.text.copyWithin(0, start, this.int32[this.length]);
      for (let i = 0; i <= rest; i++) this.int32[i] = this.int32[rows + i]! - start;
    } else {
      const words = this.#bits / 32;
      this.int32.copyWithin(0, rows * words, this.length * words);
    }
    this.length = rest;
  }

  #clearNulls(rows: number): void {
    if (this.isText) return;
    if (this.#bits === 128) {
      for (let row = 0; row < rows; row++)
        if (this.present[row] === 0) this.int64[2 * row] = this.int64[2 * row + 1] = 0n;
      return;
    }
    const values = this.type === 'bool' ? this.flags : this.type === 'date' ? this.int32 : this.float64;
    for (let row = 0; row < rows; row++) if (this.present[row] === 0) values[row] = 0;
  }

  #unifyNaN(rows: number): void {
    for (let row = 0; row < rows; row++) {
      const value = this.float64[row]!;
      if (value === value) continue;
      this.int32[2 * row] = 0;
      this.int32[2 * row + 1] = 0x7ff80000;
    }
  }

  #values(rows: number): Uint8Array {
    if (this.type === 'bool') return packBits(this.flags, rows);
    const count = this.isText ? rows + 1 : rows;
    return new Uint8Array(this.int32.buffer, 0, (count * this.#bits) / 8);
  }
}

function grown<Bytes extends Uint8Array>(from: Bytes, to: Bytes): Bytes {
  to.set(from);
  return to;
}
