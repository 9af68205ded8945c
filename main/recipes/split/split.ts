import { fail } from '../../../preload/contract/errors.ts';

/** What each row is for. */
export const part = { train: 0, validation: 1, test: 2, leftOut: 3 } as const;

/** A recorded split: one byte per row of the snapshot. Rows without a target are left out. */
export interface Split {
  readonly parts: Uint8Array;
  readonly seed: number;
}

export interface SplitCounts {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  readonly leftOut: number;
}

/** The rows of one part, ascending. */
export function splitRows(split: Split, wanted: 'train' | 'validation' | 'test'): Int32Array {
  return rowsWhere(split.parts, part[wanted]);
}

/** Where a byte has a value, ascending. */
export function rowsWhere(bytes: Uint8Array, wanted: number): Int32Array {
  let count = 0;
  for (const byte of bytes) if (byte === wanted) count++;
  const rows = new Int32Array(count);
  let next = 0;
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === wanted) rows[next++] = i;
  return rows;
}

export function splitCounts(split: Split): SplitCounts {
  const counts = [0, 0, 0, 0];
  for (const code of split.parts) counts[code] = (counts[code] ?? 0) + 1;
  const [train = 0, validation = 0, test = 0, leftOut = 0] = counts;
  return { train, validation, test, leftOut };
}

const magic = 'hfsplit1';
const headerSize = 16;

/** Stored form: `hfsplit1`, seed and row count (32 bits each, little-endian), then a byte per row: 0 train, 1 validation, 2 test, 3 left out. */
export function writeSplit(split: Split): Uint8Array {
  const bytes = new Uint8Array(headerSize + split.parts.length);
  bytes.set(new TextEncoder().encode(magic));
  const view = new DataView(bytes.buffer);
  view.setUint32(8, split.seed, true);
  view.setUint32(12, split.parts.length, true);
  bytes.set(split.parts, headerSize);
  return bytes;
}

export function readSplit(bytes: Uint8Array): Split {
  if (bytes.length < headerSize || new TextDecoder().decode(bytes.subarray(0, 8)) !== magic) {
    throw damaged(`it does not begin with ${magic}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const rows = view.getUint32(12, true);
  const parts = bytes.slice(headerSize);
  if (parts.length !== rows) throw damaged(`it says ${rows} rows and holds ${parts.length}`);
  if (parts.some((code) => code > part.leftOut)) throw damaged('it holds a code that is no part');
  return { parts, seed: view.getUint32(8, true) };
}

function damaged(reason: string) {
  return fail('split-damaged', { reason });
}
