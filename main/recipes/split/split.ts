import { fail } from '../../../preload/contract/errors.ts';

/** What each row is for. */
export const part = { train: 0, validation: 1, test: 2, leftOut: 3 } as const;

/** A recorded split: one byte per row of the snapshot. Rows without a target are left out. */
export interface Split {
  readonly parts: Uint8Array;
  readonly seed: number;
  /** How the training rows judge each other; absent where validation rows do, or nothing. */
  readonly folds?: Folds;
}

/** Which fold each row is in. */
export interface Folds {
  readonly count: number;
  /** A fold learns from all others; `forward`: only from those before it, and rows of fold 0 never judge. */
  readonly forward: boolean;
  /** Per row: its fold, from 1; `trainsOnly` is added where it only ever trains; `noFold` where it is no training row. */
  readonly of: Uint8Array;
}

export const trainsOnly = 128;
export const noFold = 255;

/** The rows that a fold, from 1, learns from and those that judge it, ascending. */
export function foldRows(
  { forward, of }: Folds,
  fold: number,
): { train: Int32Array; validation: Int32Array } {
  const side = of.map((code) => {
    if (code === noFold) return part.leftOut;
    if (code === fold) return part.validation;
    const block = code & ~trainsOnly;
    return block === fold || (forward && block > fold) ? part.leftOut : part.train;
  });
  return { train: rowsWhere(side, part.train), validation: rowsWhere(side, part.validation) };
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

const plainMagic = 'hfsplit1';
const foldsMagic = 'hfsplit2';
const headerSize = 16;

/**
 * Stored form: `hfsplit1`, seed and row count (32 bits each, little-endian), then a byte per row: 0 train, 1 validation, 2 test, 3 left out.
 * With folds: `hfsplit2`, and after these bytes the count of folds, 1 if they go forward in time (else 0), and a byte per row: its
 * fold, from 1, plus 128 where it only trains; 255 for no fold.
 */
export function writeSplit({ parts, seed, folds }: Split): Uint8Array {
  const rows = parts.length;
  const bytes = new Uint8Array(headerSize + rows + (folds ? 2 + rows : 0));
  bytes.set(new TextEncoder().encode(folds ? foldsMagic : plainMagic));
  const view = new DataView(bytes.buffer);
  view.setUint32(8, seed, true);
  view.setUint32(12, rows, true);
  bytes.set(parts, headerSize);
  if (folds) {
    bytes.set([folds.count, folds.forward ? 1 : 0], headerSize + rows);
    bytes.set(folds.of, headerSize + rows + 2);
  }
  return bytes;
}

export function readSplit(bytes: Uint8Array): Split {
  const magic = new TextDecoder().decode(bytes.subarray(0, 8));
  if (bytes.length < headerSize || (magic !== plainMagic && magic !== foldsMagic)) {
    throw damaged(`it does not begin with ${plainMagic}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const rows = view.getUint32(12, true);
  const held = bytes.length - headerSize;
  const wanted = magic === foldsMagic ? 2 * rows + 2 : rows;
  if (held !== wanted) {
    throw damaged(
      `it says ${rows} rows and holds ${magic === foldsMagic ? Math.floor((held - 2) / 2) : held}`,
    );
  }
  const parts = bytes.slice(headerSize, headerSize + rows);
  if (parts.some((code) => code > part.leftOut)) throw damaged('it holds a code that is no part');
  const seed = view.getUint32(8, true);
  if (magic === plainMagic) return { parts, seed };
  const [count = 0, forward = 0] = bytes.subarray(headerSize + rows);
  const of = bytes.slice(headerSize + rows + 2);
  const wrong = (code: number) => code !== noFold && (code & ~trainsOnly) > count;
  if (count < 2 || forward > 1 || of.some(wrong)) throw damaged('it holds a code that is no fold');
  return { parts, seed, folds: { count, forward: forward === 1, of } };
}

function damaged(reason: string) {
  return fail('split-damaged', { reason });
}
