/**
 * Writes FlatBuffers (the encoding of Arrow's metadata) back to front, the way the format is meant to be written:
 * children first, then what points to them. Offsets are counted from the end of the buffer.
 * Only what Arrow's messages need. The bytes depend on the calls alone, so equal tables give equal files.
 */
export interface FlatBuilder {
  /** Ends the buffer with the root table and returns its bytes, a multiple of eight long. */
  finish(root: number): Uint8Array;
  string(text: string): number;
  /** A vector of references to tables or strings. */
  references(offsets: readonly number[]): number;
  /** A vector of structs made of 64-bit integers, `width` integers each, values in row order. */
  structs(values: readonly number[], width: number): number;
  table(fields: readonly TableField[]): number;
}

export type TableField =
  | { readonly slot: number; readonly kind: 'u8' | 'i16' | 'i32' | 'i64'; readonly value: number }
  | { readonly slot: number; readonly kind: 'reference'; readonly value: number };

const sizes = { u8: 1, i16: 2, i32: 4, i64: 8, reference: 4 } as const;

export function createFlatBuilder(): FlatBuilder {
  let bytes = new Uint8Array(1024);
  let view = new DataView(bytes.buffer);
  let used = 0;

  const reserve = (count: number): void => {
    while (bytes.length - used < count) {
      const larger = new Uint8Array(bytes.length * 2);
      larger.set(bytes, bytes.length);
      bytes = larger;
      view = new DataView(bytes.buffer);
    }
  };
  /** Pads so that after `size` more bytes the end is aligned; then makes room for them. */
  const align = (size: number, alignment: number): void => {
    const padding = (alignment - ((used + size) % alignment)) % alignment;
    reserve(padding + size + alignment);
    used += padding;
  };
  const put = (kind: keyof typeof sizes, value: number): void => {
    reserve(8);
    used += sizes[kind];
    const at = bytes.length - used;
    if (kind === 'u8') view.setUint8(at, value);
    else if (kind === 'i16') view.setInt16(at, value, true);
    else if (kind === 'i32') view.setInt32(at, value, true);
    else if (kind === 'i64') view.setBigInt64(at, BigInt(value), true);
    // A reference holds the distance from itself to its target.
    else view.setUint32(at, used - value, true);
  };

  return {
    string(text) {
      const encoded = new TextEncoder().encode(text);
      align(encoded.length + 1, 4);
      used += encoded.length + 1;
      bytes.set(encoded, bytes.length - used);
      put('i32', encoded.length);
      return used;
    },
    references(offsets) {
      align(offsets.length * 4, 4);
      for (const offset of offsets.toReversed()) put('reference', offset);
      put('i32', offsets.length);
      return used;
    },
    structs(values, width) {
      // The elements are aligned to eight, the length stands before them.
      align(values.length * 8, 8);
      for (const value of values.toReversed()) put('i64', value);
      put('i32', values.length / width);
      return used;
    },
    table(fields) {
      const end = used;
      const ends = new Map<number, number>();
      for (const field of [...fields].sort((a, b) => sizes[a.kind] - sizes[b.kind] || a.slot - b.slot)) {
        align(sizes[field.kind], sizes[field.kind]);
        put(field.kind, field.value);
        ends.set(field.slot, used);
      }
      align(4, 4);
      used += 4;
      const table = used;
      const slots = Math.max(-1, ...ends.keys()) + 1;
      for (let slot = slots - 1; slot >= 0; slot--) {
        const at = ends.get(slot);
        put('i16', at === undefined ? 0 : table - at);
      }
      put('i16', table - end);
      put('i16', 4 + 2 * slots);
      // A table begins with the distance back to its field list, which was written just before it.
      view.setInt32(bytes.length - table, used - table, true);
      return table;
    },
    finish(root) {
      align(4, 8);
      put('reference', root);
      return bytes.slice(bytes.length - used);
    },
  };
}
