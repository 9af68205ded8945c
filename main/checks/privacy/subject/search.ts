import { openSnapshot, readBlocks, cellText, type Block } from '../../../datasets/index.ts';
import {
  isOrdered,
  isTextType,
  orderedLevels,
  type ColumnType,
} from '../../../../preload/contract/column-types.ts';
import { fail } from '../../../../preload/contract/errors.ts';
import type { TaskContext } from '../../../jobs/index.ts';
import { cellAt } from '../cell-texts.ts';

export interface SearchInput {
  /** Manifests of snapshots, and objects of other kinds. */
  readonly manifests: readonly string[];
  readonly objects: readonly string[];
  readonly value: string;
}

/** Rows of a column, counted from 0. */
export interface FoundColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** Whose cell is the value. */
  readonly rows: Int32Array;
  /** In whose text it stands among other words. */
  readonly mentions: Int32Array;
}

export interface SearchResult {
  readonly snapshots: readonly {
    readonly manifest: string;
    readonly columns: readonly FoundColumn[];
  }[];
  readonly objects: readonly string[];
}

/** Every cell of every snapshot that is this value, and every other object in whose bytes it stands. */
export async function searchValue(
  { manifests, objects, value }: SearchInput,
  { reader, signal, progress }: Pick<TaskContext, 'reader' | 'signal' | 'progress'>,
): Promise<SearchResult> {
  // A block that several snapshots share is read once: cells by its logical hash.
  const known = new Map<string, FoundCells>();
  const snapshots: SearchResult['snapshots'][number][] = [];
  for (const [at, digest] of manifests.entries()) {
    progress((0.8 * at) / manifests.length, `searching ${at + 1} of ${manifests.length} snapshots`);
    const manifest = await openSnapshot(reader, digest);
    const columns: FoundColumn[] = [];
    for (const column of manifest.columns) {
      const rows: number[] = [];
      const mentions: number[] = [];
      let from = 0;
      const all = column.blocks.map(({ hash }) => known.get(`${column.type} ${hash}`));
      const fresh = all.every((found) => found !== undefined)
        ? undefined
        : readBlocks(reader, column, signal);
      for (const [index, { hash, rows: length }] of column.blocks.entries()) {
        let found = all[index];
        const block = (await fresh?.next())?.value;
        if (found === undefined && block) {
          found = cellsWith(block, value);
          known.set(`${column.type} ${hash}`, found);
        }
        for (const row of found?.cells ?? []) rows.push(from + row);
        for (const row of found?.mentions ?? []) mentions.push(from + row);
        from += length;
      }
      if (rows.length + mentions.length > 0 || namesLevel(column.type, value))
        columns.push({
          name: column.name,
          type: column.type,
          rows: Int32Array.from(rows),
          mentions: Int32Array.from(mentions),
        });
    }
    if (columns.length > 0) snapshots.push({ manifest: digest, columns });
  }
  const found: string[] = [];
  for (const [at, digest] of objects.entries()) {
    if (signal.aborted) throw fail('cancelled', { what: 'the search' });
    progress(0.8 + (0.2 * at) / objects.length, 'searching other objects');
    if (standsIn(await reader.get(digest), value)) found.push(digest);
  }
  return { snapshots, objects: found };
}

/** Whether a value stands in a level of ordered categories, which are in the type of their column. */
export function namesLevel(type: ColumnType, value: string): boolean {
  return isOrdered(type) && orderedLevels(type).some((level) => level.includes(value));
}

interface FoundCells {
  readonly cells: readonly number[];
  readonly mentions: readonly number[];
}

/** Cells are compared as people write them: 42 finds the number 42, 2024-01-31 the date. */
function cellsWith(block: Block, value: string): FoundCells {
  const cells: number[] = [];
  const mentions: number[] = [];
  // Most blocks of text are done with after a look at their bytes.
  if (
    isTextType(block.type) &&
    !Buffer.from(block.text.buffer, block.text.byteOffset, block.text.length).includes(value)
  )
    return { cells, mentions };
  for (let row = 0; row < block.rows; row++) {
    const text = cellText(block.type, cellAt(block, row));
    if (text === null) continue;
    if (text.trim() === value) cells.push(row);
    else if (isTextType(block.type) && text.includes(value) && standsIn(Buffer.from(text), value))
      mentions.push(row);
  }
  return { cells, mentions };
}

/**
 * Whether a value stands in text, as it is or as JSON writes it, and not as a part of a longer word or number of plain letters: 1234 is
 * not found in 51234.
 */
export function standsIn(bytes: Uint8Array, value: string): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const needles = new Set([value, JSON.stringify(value).slice(1, -1)]);
  return [...needles].some((text) => {
    const needle = Buffer.from(text);
    for (let at = buffer.indexOf(needle); at >= 0; at = buffer.indexOf(needle, at + 1))
      if (!isWordByte(buffer[at - 1]) && !isWordByte(buffer[at + needle.length])) return true;
    return false;
  });
}

/** A letter or digit of ASCII. */
export function isWordByte(byte: number | undefined): boolean {
  return byte !== undefined && /[A-Za-z0-9]/.test(String.fromCharCode(byte));
}
