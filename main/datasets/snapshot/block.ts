import {
  isTextType,
  typeKind,
  type ColumnType,
  type TypeKind,
} from '../../../preload/contract/column-types.ts';

/** Values in one block of a column; the last block of a column may be shorter. */
export const blockRows = 65_536;

/**
 * A run of one column's values in Arrow's layout, canonical: a null slot holds zeros (false, 0, no bytes), every NaN is
 * the quiet NaN 0x7ff8000000000000, -0 stays -0, bits past the last row are 0, text offsets start at 0, and there is a
 * validity bitmap exactly when there are nulls. Equal values therefore have equal bytes.
 */
export interface Block {
  readonly type: ColumnType;
  readonly rows: number;
  readonly nulls: number;
  /** One bit per row, least significant first, 1 = present; undefined when nothing is missing. */
  readonly validity: Uint8Array | undefined;
  /**
   * Little-endian values: bool 1 bit, date 4 bytes (days since 1970-01-01), int64, float64, timestamp and timestamptz
   * 8 bytes (microseconds since 1970-01-01T00:00, local or UTC), decimal 16 bytes (units of the last place, two's complement);
   * for texts `rows + 1` offsets of 4 bytes.
   */
  readonly values: Uint8Array;
  /** utf8 and categorical only: the texts, one after the other; empty for the other types. */
  readonly text: Uint8Array;
}

const bitsOfKind: Readonly<Record<TypeKind, number>> = {
  bool: 1,
  int64: 64,
  float64: 64,
  decimal: 128,
  utf8: 32,
  categorical: 32,
  date: 32,
  timestamp: 64,
  timestamptz: 64,
};

/** Bits per value in `Block.values`; of texts, those of an offset. */
export function valueBits(type: ColumnType): number {
  return bitsOfKind[typeKind(type)];
}

/** Length in bytes of `Block.values` for so many rows. */
export function valuesLength(type: ColumnType, rows: number): number {
  return isTextType(type) ? 4 * (rows + 1) : Math.ceil((rows * valueBits(type)) / 8);
}

export function isPresent(validity: Uint8Array | undefined, row: number): boolean {
  return validity === undefined || ((validity[row >> 3]! >> (row & 7)) & 1) === 1;
}

/** Bits from flags (0 or 1 per row), least significant first. */
export function packBits(flags: Uint8Array, rows: number): Uint8Array {
  const bits = new Uint8Array(Math.ceil(rows / 8));
  const whole = rows >> 3;
  for (let i = 0, at = 0; i < whole; i++, at += 8) {
    bits[i] =
      flags[at]! |
      (flags[at + 1]! << 1) |
      (flags[at + 2]! << 2) |
      (flags[at + 3]! << 3) |
      (flags[at + 4]! << 4) |
      (flags[at + 5]! << 5) |
      (flags[at + 6]! << 6) |
      (flags[at + 7]! << 7);
  }
  for (let row = whole * 8; row < rows; row++) {
    bits[row >> 3] = bits[row >> 3]! | (flags[row]! << (row & 7));
  }
  return bits;
}

/** The numbers behind a block's bytes, without copying where the alignment allows it. */
export function float64Values(bytes: Uint8Array, count: number): Float64Array {
  const at = aligned(bytes, 8);
  return new Float64Array(at.buffer, at.byteOffset, count);
}

export function int64Values(bytes: Uint8Array, count: number): BigInt64Array {
  const at = aligned(bytes, 8);
  return new BigInt64Array(at.buffer, at.byteOffset, count);
}

export function int32Values(bytes: Uint8Array, count: number): Int32Array {
  const at = aligned(bytes, 4);
  return new Int32Array(at.buffer, at.byteOffset, count);
}

function aligned(bytes: Uint8Array, size: number): Uint8Array {
  return bytes.byteOffset % size === 0 ? bytes : bytes.slice();
}
