import { isTextType, type ColumnType } from '../../../preload/contract/column-types.ts';
import { decodeBlock, encodeBlock } from '../arrow/stream.ts';
import { joinBlocks, type BlockPart } from '../reading/join-blocks.ts';
import { blockRows, isPresent, valueBits, type Block } from './block.ts';

/** Rows that a block shares with another: `count` rows from row `from` of base number `base` become its rows from `at` on. */
export interface Copy {
  readonly at: number;
  readonly base: number;
  readonly from: number;
  readonly count: number;
}

/**
 * A block as a few changes of whole blocks (its bases, which are never patches themselves): rows copied, and the rows that no base has. A copied
 * row whose value differs is named in `edits`, in rising order. `values` holds the values of the rows that no copy covers and of the edits,
 * one after the other in the order of the rows.
 */
export interface Patch {
  readonly copies: readonly Copy[];
  readonly edits: Uint16Array;
  readonly values: Block;
}

/** Makes the block of `rows` rows again. Throws RangeError when the patch does not fit its bases or the number of rows. */
export function applyPatch(type: ColumnType, rows: number, patch: Patch, bases: readonly Block[]): Block {
  const parts: BlockPart[] = [];
  const inPlace = !isTextType(type);
  const overwritten: { readonly row: number; readonly from: number }[] = [];
  let at = 0;
  let taken = 0;
  let edit = 0;
  const take = (count: number): void => {
    if (count === 0) return;
    if (count < 0 || taken + count > patch.values.rows) throw new RangeError('a patch lacks values');
    parts.push({ block: patch.values, from: taken, to: taken + count });
    taken += count;
    at += count;
  };
  const copy = (block: Block, from: number, to: number): void => {
    if (to > from) parts.push({ block, from, to });
    at += to - from;
  };
  for (const { at: start, base, from, count } of patch.copies) {
    take(start - at);
    const block = bases[base];
    if (!block || block.type !== type || from + count > block.rows)
      throw new RangeError('a patch copies rows that its base does not have');
    const end = start + count;
    let done = start;
    for (; edit < patch.edits.length && patch.edits[edit]! < end; edit++) {
      const row = patch.edits[edit]!;
      if (row < done) throw new RangeError('the edits of a patch are not in order');
      if (inPlace) {
        overwritten.push({ row, from: taken++ });
        continue;
      }
      copy(block, from + done - start, from + row - start);
      take(1);
      done = row + 1;
    }
    copy(block, from + done - start, from + count);
  }
  take(rows - at);
  if (taken !== patch.values.rows || edit !== patch.edits.length)
    throw new RangeError('a patch has values left over');
  const joined = joinBlocks(type, parts);
  return inPlace && overwritten.length > 0 ? overwrite(joined, patch.values, overwritten) : joined;
}

/** Puts single values into a block that nobody else holds. */
function overwrite(
  block: Block,
  values: Block,
  cells: readonly { readonly row: number; readonly from: number }[],
): Block {
  const validity =
    block.validity ??
    (values.validity ? setBits(new Uint8Array(Math.ceil(block.rows / 8)), block.rows) : undefined);
  const width = valueBits(block.type) / 8;
  let { nulls } = block;
  for (const { row, from } of cells) {
    if (from >= values.rows) throw new RangeError('a patch lacks values');
    if (block.type === 'bool') putBit(block.values, row, isPresent(values.values, from));
    else
      for (let byte = 0; byte < width; byte++)
        block.values[row * width + byte] = values.values[from * width + byte]!;
    if (!validity) continue;
    const present = isPresent(values.validity, from);
    nulls += Number(isPresent(validity, row)) - Number(present);
    putBit(validity, row, present);
  }
  return { ...block, nulls, validity: nulls > 0 ? validity : undefined };
}

function setBits(bits: Uint8Array, rows: number): Uint8Array {
  bits.fill(0xff);
  if (rows % 8 !== 0) bits[bits.length - 1] = (1 << (rows % 8)) - 1;
  return bits;
}

function putBit(bits: Uint8Array, at: number, one: boolean): void {
  const bit = 1 << (at & 7);
  bits[at >> 3] = one ? bits[at >> 3]! | bit : bits[at >> 3]! & ~bit;
}

const magic = 0x31504648;
const copyWords = 4;

/**
 * Patches of several columns' blocks as one object, all numbers unsigned and little-endian: `HFP1`, how many there are, and where each ends
 * (4 bytes each); then each patch: how many copies, how many edits, the copies (four numbers of 4 bytes: at, base, from, count), the
 * edits (2 bytes each), zeros up to a multiple of 8, and the values as an Arrow IPC stream.
 */
export function encodePatches(patches: readonly Patch[]): Uint8Array {
  const parts = patches.map(encodePatch);
  const head = padded(8 + 4 * parts.length);
  const bytes = new Uint8Array(head + parts.reduce((sum, { length }) => sum + length, 0));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, magic, true);
  view.setUint32(4, parts.length, true);
  let at = head;
  for (const [index, part] of parts.entries()) {
    bytes.set(part, at);
    at += part.length;
    view.setUint32(8 + 4 * index, at, true);
  }
  return bytes;
}

function encodePatch({ copies, edits, values }: Patch): Uint8Array {
  const stream = encodeBlock(values);
  const head = padded(8 + 4 * copyWords * copies.length + 2 * edits.length);
  const bytes = new Uint8Array(padded(head + stream.length));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, copies.length, true);
  view.setUint32(4, edits.length, true);
  let at = 8;
  for (const { at: row, base, from, count } of copies) {
    for (const [word, number] of [row, base, from, count].entries())
      view.setUint32(at + 4 * word, number, true);
    at += 4 * copyWords;
  }
  for (const edit of edits) {
    view.setUint16(at, edit, true);
    at += 2;
  }
  bytes.set(stream, head);
  return bytes;
}

/** About as many bytes as the patch takes; without writing it. */
export function patchSize({ copies, edits, values }: Patch): number {
  const { validity, values: bytes, text } = values;
  return 512 + 16 * copies.length + 2 * edits.length + (validity?.length ?? 0) + bytes.length + text.length;
}

/** One of the patches in an object whose digest was checked. Throws RangeError for anything that `encodePatches` does not write. */
export function decodePatch(bytes: Uint8Array, part: number, type: ColumnType): Patch {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getUint32(4, true);
  if (view.getUint32(0, true) !== magic || part >= count) throw new RangeError('expected a patch');
  const start = part === 0 ? padded(8 + 4 * count) : view.getUint32(4 + 4 * part, true);
  const end = view.getUint32(8 + 4 * part, true);
  if (end > bytes.length || start + 8 > end) throw new RangeError('a patch reaches past the end');
  const copyCount = view.getUint32(start, true);
  const editCount = view.getUint32(start + 4, true);
  const head = padded(8 + 4 * copyWords * copyCount + 2 * editCount);
  if (start + head > end || copyCount > blockRows || editCount > blockRows)
    throw new RangeError('a patch reaches past its end');
  const copies: Copy[] = [];
  let at = start + 8;
  let next = 0;
  for (let i = 0; i < copyCount; i++, at += 4 * copyWords) {
    const [row = 0, base = 0, from = 0, rows = 0] = [0, 4, 8, 12].map((word) =>
      view.getUint32(at + word, true),
    );
    if (row < next) throw new RangeError('the copies of a patch are not in order');
    next = row + rows;
    copies.push({ at: row, base, from, count: rows });
  }
  const edits = Uint16Array.from({ length: editCount }, (_, i) => view.getUint16(at + 2 * i, true));
  return { copies, edits, values: decodeBlock(bytes.subarray(start + head, end), type) };
}

const padded = (length: number): number => Math.ceil(length / 8) * 8;
