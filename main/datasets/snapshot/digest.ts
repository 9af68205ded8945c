import { createHash, webcrypto } from 'node:crypto';
import { isCategorical, type ColumnType } from '../../../preload/contract/column-types.ts';
import type { Block } from './block.ts';

/**
 * Identity of tables, by content alone. All hashes are SHA-256, written as 64 lower-case hex digits; `\n` is the byte
 * 0x0a; numbers are decimal ASCII; ‖ joins bytes.
 *
 *     block    = SHA-256("holdfast block 1\n" TYPE "\n" ROWS "\n" NULLS "\n" ‖ VALIDITY ‖ VALUES ‖ TEXT)
 *     column   = SHA-256("holdfast column 1\n" TYPE "\n" ROWS "\n" ‖ BLOCK[0] "\n" ‖ BLOCK[1] "\n" ...)
 *     snapshot = SHA-256("holdfast snapshot 1\n" ROWS "\n" ‖ NAME[0] " " TYPE[0] " " COLUMN[0] "\n" ‖ ...)
 *
 * TYPE is one of bool int64 float64 utf8 categorical date timestamp timestamptz, `decimal(DIGITS,PLACES)`, or `ordered` and the levels
 * of ordered categories as JSON.stringify writes their array, from the lowest; in the hash of a block every categorical, ordered or
 * not, is `categorical`. NAME is the column's name as a JSON string (as
 * ECMAScript's JSON.stringify writes it). A block is 65,536 consecutive values of a column (fewer in the last), in
 * the canonical bytes that `Block` describes: VALIDITY is absent when NULLS is 0. A table without rows has no blocks.
 *
 * So an id changes with any value, any null (an empty text isn't a null), any type, any name, and the order of rows and
 * of columns; it doesn't change with the file format, compression, or how the rows came in.
 */
export function blockHash(block: Block): string {
  const hash = createHash('sha256');
  for (const part of blockParts(block)) hash.update(part);
  return hash.digest('hex');
}

/** The same, on another thread. The block is copied at once: its memory may be used again. */
export async function blockHashAside(block: Block): Promise<string> {
  const digest = await webcrypto.subtle.digest('SHA-256', Buffer.concat(blockParts(block)));
  return Buffer.from(digest).toString('hex');
}

function blockParts({ type, rows, nulls, validity, values, text }: Block): Uint8Array[] {
  const kind = isCategorical(type) ? 'categorical' : type;
  const head = Buffer.from(`holdfast block 1\n${kind}\n${rows}\n${nulls}\n`);
  return [head, ...(validity ? [validity] : []), values, text];
}

export function columnHash(type: ColumnType, rows: number, blocks: readonly string[]): string {
  const lines = blocks.map((hash) => `${hash}\n`).join('');
  return createHash('sha256').update(`holdfast column 1\n${type}\n${rows}\n${lines}`).digest('hex');
}

export function snapshotHash(
  rows: number,
  columns: readonly { readonly name: string; readonly type: ColumnType; readonly root: string }[],
): string {
  const lines = columns.map(({ name, type, root }) => `${JSON.stringify(name)} ${type} ${root}\n`).join('');
  return createHash('sha256').update(`holdfast snapshot 1\n${rows}\n${lines}`).digest('hex');
}
