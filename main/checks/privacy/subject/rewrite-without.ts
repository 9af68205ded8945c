import { isTextType, type ColumnType } from '../../../../preload/contract/column-types.ts';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../../../../preload/contract/errors.ts';
import {
  appendCell,
  createSnapshotWriter,
  openBase,
  openSnapshot,
  readRowGroups,
  type Block,
  type Cell,
  type SnapshotManifest,
  type StoredSnapshot,
} from '../../../datasets/index.ts';
import type { TaskContext } from '../../../jobs/index.ts';
import { systemCode } from '../../../platform/files/index.ts';
import type { ObjectReader } from '../../../platform/objects/index.ts';
import { cellAt } from '../cell-texts.ts';
import { blankText } from './blank-words.ts';
import { namesLevel } from './search.ts';

export interface RewriteInput {
  /** Every snapshot there is, by dataset and version: one may share blocks with the one before it. */
  readonly snapshots: readonly { readonly dataset: string; readonly manifest: string }[];
  /** What goes out of some of them: rows counted from 0, and words in the cells of columns. */
  readonly changes: readonly {
    readonly manifest: string;
    readonly rows: Int32Array;
    readonly mentions: readonly { readonly column: string; readonly rows: Int32Array }[];
    /** Nothing of it is to stay. */
    readonly whole: boolean;
  }[];
  readonly value: string;
}

export interface RewriteResult {
  /** Those with erased rows, and those that only shared blocks with them and hold the same rows as before. */
  readonly rewritten: readonly { readonly manifest: string; readonly left: StoredSnapshot | null }[];
  /** Texts that stood in the erased rows alone. */
  readonly traces: readonly string[];
}

/** Shorter texts are no trace: they stand in too many places by chance. */
const tellingTrace = 6;
/** Each is looked for in every record: the longest tell most. */
const mostTraces = 1000;

/**
 * Writes anew what holds rows of a person, without them, and whatever shares an object with those rows: another version may be kept as
 * patches of a block in which they stand. Nothing that is written shares an object with them.
 */
export async function rewriteWithout(
  { snapshots, changes, value }: RewriteInput,
  { reader: stored, writer, staging, signal, progress }: TaskContext,
): Promise<RewriteResult> {
  const reader = withStaged(stored, staging);
  const changed = new Map(changes.map((change) => [change.manifest, change]));
  const manifests = new Map<string, SnapshotManifest>();
  for (const { manifest } of snapshots)
    if (!manifests.has(manifest)) manifests.set(manifest, await openSnapshot(reader, manifest));
  const tainted = new Set<string>();
  const traces = new Set<string>();
  for (const { manifest, rows, mentions, whole } of changes) {
    const opened = manifests.get(manifest)!;
    taint(tainted, opened, whole ? undefined : [rows, ...mentions.map((one) => one.rows)]);
    await collectTraces(traces, reader, opened, { rows, value, signal });
  }
  const work = [...manifests].filter(
    ([digest, { columns }]) =>
      changed.has(digest) ||
      columns.some(({ blocks }) =>
        blocks.some(({ object, patch }) => [object, ...(patch?.bases ?? [])].some((one) => tainted.has(one))),
      ),
  );
  const todo = new Set(work.map(([digest]) => digest));
  const done = new Map<string, StoredSnapshot | null>();
  let base: { readonly dataset: string; readonly manifest: string } | undefined;
  for (const { dataset, manifest: digest } of snapshots) {
    if (todo.has(digest) && !done.has(digest)) {
      const change = changed.get(digest);
      const from = done.size / todo.size;
      const left = await rewriteOne(manifests.get(digest)!, change, {
        reader,
        writer,
        signal,
        traces,
        value,
        base: base?.dataset === dataset ? base.manifest : undefined,
        progress: (fraction) =>
          progress(from + fraction / todo.size, `writing ${done.size + 1} of ${todo.size} snapshots anew`),
      });
      done.set(digest, left);
    }
    const manifest = todo.has(digest) ? done.get(digest)?.manifest : digest;
    if (manifest !== undefined) base = { dataset, manifest };
  }
  return {
    rewritten: [...done].map(([manifest, left]) => ({ manifest, left })),
    traces: [...traces].toSorted((a, b) => b.length - a.length).slice(0, mostTraces),
  };
}

/** Notes every object in which one of these rows may stand; undefined: any row. */
function taint(
  tainted: Set<string>,
  { columns }: SnapshotManifest,
  rows: readonly Int32Array[] | undefined,
): void {
  const wanted = rows && new Set(rows.flatMap((some) => [...some]));
  const lengths = columns[0]?.blocks.map((block) => block.rows) ?? [];
  let from = 0;
  for (const [index, length] of lengths.entries()) {
    const to = from + length;
    if (!wanted || [...wanted].some((row) => row >= from && row < to))
      for (const { blocks } of columns) {
        const { object, patch } = blocks[index]!;
        for (const digest of [object, ...(patch?.bases ?? [])]) tainted.add(digest);
      }
    from = to;
  }
}

interface Pass {
  readonly reader: ObjectReader;
  readonly signal: AbortSignal;
  readonly value: string;
}

/** Texts of the rows that go. Which of them stand in others as well is seen when those are written. */
async function collectTraces(
  traces: Set<string>,
  reader: ObjectReader,
  manifest: SnapshotManifest,
  { rows, value, signal }: Omit<Pass, 'reader'> & { readonly rows: Int32Array },
): Promise<void> {
  if (rows.length === 0) return;
  let from = 0;
  for await (const { blocks, rows: length } of readRowGroups(reader, manifest, {
    signal,
    progress: () => undefined,
  })) {
    for (const row of rows)
      if (row >= from && row < from + length)
        for (const block of blocks) {
          const cell = isTextType(block.type) ? cellAt(block, row - from) : null;
          const text = typeof cell === 'string' ? cell.trim() : '';
          if (text.length >= tellingTrace && text !== value) traces.add(text);
        }
    from += length;
  }
}

interface RewritePass extends Pass {
  readonly writer: TaskContext['writer'];
  readonly traces: Set<string>;
  readonly base: string | undefined;
  readonly progress: (fraction: number) => void;
}

async function rewriteOne(
  manifest: SnapshotManifest,
  change: RewriteInput['changes'][number] | undefined,
  { reader, writer: store, signal, value, traces, base, progress }: RewritePass,
): Promise<StoredSnapshot | null> {
  const gone = new Set(change?.rows);
  if (change?.whole || (manifest.rows > 0 && gone.size === manifest.rows)) return null;
  const fields = manifest.schema.map(({ name, type }) => ({ name, type: withoutLevel(type, value) }));
  const mentions = fields.map(
    ({ name }) => new Set(change?.mentions.find(({ column }) => column === name)?.rows),
  );
  const writer = createSnapshotWriter(fields, store, await openBase(reader, base));
  try {
    let from = 0;
    for await (const { blocks, rows } of readRowGroups(reader, manifest, { signal, progress })) {
      for (const [index, block] of blocks.entries()) {
        const builder = writer.builders[index]!;
        builder.ensure(builder.length + rows);
        for (let row = 0; row < rows; row++) {
          if ((row & 4095) === 0 && signal.aborted) throw fail('cancelled', { what: 'the erasure' });
          if (gone.has(from + row)) continue;
          const cell = keptCell(block, row, mentions[index]!.has(from + row) ? value : undefined);
          if (traces.size > 0 && typeof cell === 'string' && isTextType(block.type))
            traces.delete(cell.trim());
          if (!appendCell(builder, cell))
            throw fail('internal', { what: 'the erasure', reason: `row ${from + row + 1} does not fit` });
        }
      }
      from += rows;
      await writer.flush();
    }
    return await writer.finish();
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

/** Levels are in the type of ordered categories: where the value stands in one, their order goes. */
function withoutLevel(type: ColumnType, value: string): ColumnType {
  return namesLevel(type, value) ? 'categorical' : type;
}

function keptCell(block: Block, row: number, mentioned: string | undefined): Cell {
  const cell = cellAt(block, row);
  return mentioned !== undefined && typeof cell === 'string' ? blankText(cell, [mentioned]) : cell;
}

/** Reads what this task has staged as well: the next version may share it. */
function withStaged(reader: ObjectReader, staging: string): ObjectReader {
  return {
    has: (digest) => reader.has(digest),
    async get(digest) {
      try {
        return await readFile(join(staging, digest));
      } catch (error) {
        if (systemCode(error) !== 'ENOENT') throw error;
        return reader.get(digest);
      }
    },
  };
}
