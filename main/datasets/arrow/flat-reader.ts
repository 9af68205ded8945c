/**
 * Reads FlatBuffers tables. Every access is checked against the buffer (DataView throws RangeError), so damaged bytes
 * end in an error, never in an endless loop or a read elsewhere.
 */
export interface FlatTable {
  u8(slot: number): number;
  i16(slot: number): number;
  /** Whether the field is there at all; what isn't has its schema's default. */
  has(slot: number): boolean;
  i32(slot: number): number;
  /** A 64-bit integer; throws RangeError when it isn't exact as a number. */
  i64(slot: number): number;
  string(slot: number): string | undefined;
  table(slot: number): FlatTable | undefined;
  tables(slot: number): FlatTable[];
  /** A vector of structs of `width` 64-bit integers each, flattened. */
  structs(slot: number, width: number): number[];
}

export function readFlatRoot(bytes: Uint8Array): FlatTable {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return readTable(view, view.getUint32(0, true));
}

function readTable(view: DataView, at: number): FlatTable {
  const list = at - view.getInt32(at, true);
  const listSize = view.getUint16(list, true);
  const place = (slot: number): number | undefined => {
    const entry = 4 + 2 * slot;
    if (entry + 2 > listSize) return undefined;
    const offset = view.getUint16(list + entry, true);
    return offset === 0 ? undefined : at + offset;
  };
  const follow = (slot: number): number | undefined => {
    const from = place(slot);
    return from === undefined ? undefined : from + view.getUint32(from, true);
  };
  return {
    u8(slot) {
      const from = place(slot);
      return from === undefined ? 0 : view.getUint8(from);
    },
    i16(slot) {
      const from = place(slot);
      return from === undefined ? 0 : view.getInt16(from, true);
    },
    has: (slot) => place(slot) !== undefined,
    i32(slot) {
      const from = place(slot);
      return from === undefined ? 0 : view.getInt32(from, true);
    },
    i64(slot) {
      const from = place(slot);
      return from === undefined ? 0 : exactInteger(view, from);
    },
    string(slot) {
      const from = follow(slot);
      if (from === undefined) return undefined;
      const length = boundedLength(view, from, 1);
      return new TextDecoder('utf-8', { fatal: true }).decode(
        new Uint8Array(view.buffer, view.byteOffset + from + 4, length),
      );
    },
    table(slot) {
      const from = follow(slot);
      return from === undefined ? undefined : readTable(view, from);
    },
    tables(slot) {
      const from = follow(slot);
      if (from === undefined) return [];
      const length = boundedLength(view, from, 4);
      return Array.from({ length }, (_, i) => {
        const entry = from + 4 + 4 * i;
        return readTable(view, entry + view.getUint32(entry, true));
      });
    },
    structs(slot, width) {
      const from = follow(slot);
      if (from === undefined) return [];
      const length = boundedLength(view, from, 8 * width);
      return Array.from({ length: length * width }, (_, i) => exactInteger(view, from + 4 + 8 * i));
    },
  };
}

function boundedLength(view: DataView, at: number, size: number): number {
  const length = view.getUint32(at, true);
  if (length * size > view.byteLength - at - 4) throw new RangeError('a vector reaches past its buffer');
  return length;
}

function exactInteger(view: DataView, at: number): number {
  const value = Number(view.getBigInt64(at, true));
  if (!Number.isSafeInteger(value)) throw new RangeError('an integer is out of range');
  return value;
}
