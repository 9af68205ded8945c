import * as z from 'zod';

const Head = z.strictObject({
  format: z.literal(1),
  columns: z.strictObject({
    added: z.array(z.string()),
    removed: z.array(z.string()),
    retyped: z.array(z.string()),
    /** In both versions; the bits of a changed row are in this order. */
    common: z.array(z.string()),
  }),
  rows: z.strictObject({ added: z.int().min(0), removed: z.int().min(0), changed: z.int().min(0) }),
  /** Changed cells of each common column. */
  cells: z.array(z.int().min(0)),
});
type Head = z.infer<typeof Head>;

/** What differs between two versions. Rows count from 0; values are not in it, they are read from the versions. */
export interface Diff extends Omit<Head, 'format'> {
  /** Rows of the later version, rising. */
  readonly added: Int32Array;
  /** Rows of the earlier version, rising. */
  readonly removed: Int32Array;
  /** Rows of the later version, rising, and their rows in the earlier one. */
  readonly changed: Int32Array;
  readonly partners: Int32Array;
  /** For each changed row a bit for each common column that differs, least significant first, in whole bytes. */
  readonly masks: Uint8Array;
}

export const maskBytes = (columns: number): number => Math.ceil(columns / 8);

/** The length of the head (4 bytes), the head as JSON, zeros up to a multiple of 4, and the arrays, numbers of 4 bytes, little-endian. */
export function encodeDiff({ added, removed, changed, partners, masks, ...facts }: Diff): Uint8Array {
  const head = new TextEncoder().encode(JSON.stringify({ format: 1, ...facts }));
  const arrays = [added, removed, changed, partners].map(
    (array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength),
  );
  const start = 4 + Math.ceil(head.length / 4) * 4;
  const bytes = new Uint8Array(
    start + arrays.reduce((sum, { length }) => sum + length, 0) + masks.byteLength,
  );
  new DataView(bytes.buffer).setUint32(0, head.length, true);
  bytes.set(head, 4);
  let at = start;
  for (const part of [...arrays, masks]) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Reads an object whose digest was checked. Throws RangeError or ZodError for anything that `encodeDiff` does not write. */
export function decodeDiff(bytes: Uint8Array): Diff {
  const copy = bytes.slice();
  const length = new DataView(copy.buffer).getUint32(0, true);
  const { format, ...facts } = Head.parse(JSON.parse(new TextDecoder().decode(copy.subarray(4, 4 + length))));
  void format;
  const { rows } = facts;
  let at = 4 + Math.ceil(length / 4) * 4;
  const take = (count: number): Int32Array => {
    const array = new Int32Array(copy.buffer, at, count);
    at += 4 * count;
    return array;
  };
  const [added, removed] = [take(rows.added), take(rows.removed)];
  const [changed, partners] = [take(rows.changed), take(rows.changed)];
  const masks = copy.subarray(at);
  if (masks.length !== rows.changed * maskBytes(facts.columns.common.length))
    throw new RangeError('a diff has another length than it says');
  return { ...facts, added, removed, changed, partners, masks };
}
