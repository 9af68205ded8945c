import { fail } from '../../../../preload/contract/errors.ts';
import {
  cellValue,
  createRowTable,
  hashRows,
  openSnapshot,
  readBlocks,
  type ManifestColumn,
  type SnapshotManifest,
} from '../../../datasets/index.ts';
import type { ObjectReader } from '../../../platform/objects/index.ts';
import type { InheritedSplit } from '../../recipe.ts';
import { noFold, part, readSplit, trainsOnly, type Split } from '../split.ts';

/** The side of each row of a snapshot as another split has it. */
export interface Inherited {
  /** Per row its part; `isNew` where it is not known. */
  readonly parts: Uint8Array;
  /** Per row its fold; `noFold` where it has none. Absent where the other split has no folds. */
  readonly folds: Uint8Array | undefined;
}

/** A row that the inherited split says nothing of: it was not there, or left out. */
export const isNew = 255;

interface Reading {
  readonly signal?: AbortSignal | undefined;
  /** The split that was once made of the plan for this very snapshot: it counts where what it inherits from is not here any more. */
  readonly recorded?: string | undefined;
}

let last: { readonly key: string; readonly inherited: Promise<Inherited> } | undefined;

/**
 * What an inherited split says of the rows of a snapshot; undefined where a plan inherits none. The latest answer is kept: the trials of a
 * sweep ask for the same. Throws `split-data-gone`, `column-not-found`, `split-key-retyped`, `split-key-mixed`, `split-nothing-known`.
 */
export async function readInherited(
  reader: ObjectReader,
  manifest: string,
  { inherit }: { readonly inherit?: InheritedSplit | undefined },
  reading: Reading = {},
): Promise<Inherited | undefined> {
  if (!inherit) return undefined;
  const key = JSON.stringify([manifest, inherit, reading.recorded]);
  if (last?.key !== key) {
    const inherited = find(reader, manifest, inherit, reading);
    const one = { key, inherited };
    last = one;
    inherited.catch(() => {
      if (last === one) last = undefined;
    });
  }
  return last.inherited;
}

async function find(
  reader: ObjectReader,
  manifest: string,
  { from, data, key }: InheritedSplit,
  { signal = new AbortController().signal, recorded }: Reading,
): Promise<Inherited> {
  if (!reader.has(from) || !reader.has(data)) {
    if (recorded !== undefined && reader.has(recorded)) return sidesOf(readSplit(await reader.get(recorded)));
    throw fail('split-data-gone', { split: from.slice(0, 12), version: 'the version it was made for' });
  }
  const split = readSplit(await reader.get(from));
  const before = await openSnapshot(reader, data);
  const after = await openSnapshot(reader, manifest);
  if (before.rows !== split.parts.length)
    throw fail('split-damaged', {
      reason: `it says ${split.parts.length} rows, and the data it divides has ${before.rows}`,
    });
  const match =
    key === undefined
      ? await matchByContent(reader, before, after, signal)
      : await matchByKey(reader, { before, after, key, split }, signal);
  const of = (row: number): number => {
    const code = row < 0 ? part.leftOut : split.parts[row]!;
    return code === part.leftOut ? isNew : code;
  };
  const parts = Uint8Array.from(match, of);
  if (!parts.some((code) => code !== isNew)) {
    throw fail('split-nothing-known', {
      rows: before.rows,
      how: key === undefined ? 'by what they say in all common columns' : `by "${key}"`,
      hint: key === undefined ? '; name the column that tells rows apart in "key"' : '',
    });
  }
  const { folds } = split;
  return {
    parts,
    folds:
      folds &&
      Uint8Array.from(match, (row, i) =>
        row < 0 || parts[i] !== part.train ? noFold : foldOf(folds.of[row]!),
      ),
  };
}

/** What a split says of its own rows. */
function sidesOf({ parts, folds }: Split): Inherited {
  return {
    parts: parts.map((code) => (code === part.leftOut ? isNew : code)),
    folds: folds?.of.map((code, row) => (parts[row] === part.train ? foldOf(code) : noFold)),
  };
}

function foldOf(code: number): number {
  return code === noFold ? noFold : code & ~trainsOnly;
}

/** Per row of the later snapshot a row of the earlier one that says the same in all common columns, each one once; -1 for none. */
async function matchByContent(
  reader: ObjectReader,
  before: SnapshotManifest,
  after: SnapshotManifest,
  signal: AbortSignal,
): Promise<Int32Array> {
  const common = after.columns.flatMap((column) => {
    const other = before.columns.find(({ name, type }) => name === column.name && type === column.type);
    return other ? [{ before: other, after: column }] : [];
  });
  const match = new Int32Array(after.rows).fill(-1);
  if (common.length === 0) return match;
  const hashes = (columns: readonly ManifestColumn[], rows: number) =>
    hashRows({ reader, signal }, columns, 0, rows);
  const earlier = await hashes(
    common.map((pair) => pair.before),
    before.rows,
  );
  const later = await hashes(
    common.map((pair) => pair.after),
    after.rows,
  );
  const table = createRowTable(earlier, before.rows);
  // Rows that say the same are taken in their order: `next` leads from one to the one after it.
  const next = new Int32Array(before.rows).fill(-1);
  const newest = Int32Array.from(next.keys());
  const open = Int32Array.from(next.keys());
  for (let row = 0; row < before.rows; row++) {
    const first = table.add(row);
    if (first < 0) continue;
    next[newest[first]!] = row;
    newest[first] = row;
  }
  for (let row = 0; row < after.rows; row++) {
    const first = table.find(later.first[row]!, later.second[row]!);
    if (first < 0) continue;
    const taken = open[first]!;
    if (taken < 0) continue;
    match[row] = taken;
    open[first] = next[taken]!;
  }
  return match;
}

interface KeyInput {
  readonly before: SnapshotManifest;
  readonly after: SnapshotManifest;
  readonly key: string;
  readonly split: Split;
}

/** Per row of the later snapshot a row of the earlier one with the same key; -1 for none. All rows of a key must have been on one side. */
async function matchByKey(
  reader: ObjectReader,
  { before, after, key, split }: KeyInput,
  signal: AbortSignal,
): Promise<Int32Array> {
  const columnIn = (snapshot: SnapshotManifest, where: string): ManifestColumn => {
    const found = snapshot.columns.find(({ name }) => name === key);
    const known = snapshot.columns.map(({ name }) => name);
    if (!found) throw fail('column-not-found', { column: key, known, where });
    return found;
  };
  const earlier = columnIn(before, 'the data that the inherited split divides');
  const later = columnIn(after, 'the data');
  if (earlier.type !== later.type)
    throw fail('split-key-retyped', { key, before: earlier.type, after: later.type });
  const rowOf = new Map<string, number>();
  await eachKey(reader, earlier, signal, (value, row) => {
    if (split.parts[row] === part.leftOut) return;
    const there = rowOf.get(value);
    if (there === undefined) rowOf.set(value, row);
    else if (split.parts[there] !== split.parts[row])
      throw fail('split-key-mixed', { key, value, rows: [there + 1, row + 1] });
  });
  const match = new Int32Array(after.rows).fill(-1);
  await eachKey(reader, later, signal, (value, row) => {
    match[row] = rowOf.get(value) ?? -1;
  });
  return match;
}

/** Every value of a column that there is, exactly, with its row. */
async function eachKey(
  reader: ObjectReader,
  column: ManifestColumn,
  signal: AbortSignal,
  found: (value: string, row: number) => void,
): Promise<void> {
  let at = 0;
  for await (const block of readBlocks(reader, column, signal)) {
    for (let row = 0; row < block.rows; row++) {
      const value = cellValue(block, row);
      if (value !== null) found(String(value), at + row);
    }
    at += block.rows;
  }
}
