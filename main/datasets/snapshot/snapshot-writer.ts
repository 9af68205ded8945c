import type { Field } from '../../../preload/contract/datasets.ts';
import { fail } from '../../../preload/contract/errors.ts';
import type { ObjectWriter } from '../../platform/objects/index.ts';
import { encodeBlock } from '../arrow/stream.ts';
import { blockRows, type Block } from './block.ts';
import { ColumnBuilder } from './column-builder.ts';
import { blockHashAside, columnHash } from './digest.ts';
import {
  encodeManifest,
  manifestObjects,
  objectKinds,
  snapshotId,
  type BlockEntry,
  type SnapshotManifest,
} from './manifest.ts';
import { encodePatches } from './patch.ts';
import { createPatcher, type BaseSnapshot, type BlockPlan } from './patcher.ts';

/** A stored snapshot: its manifest's digest, and the id that its content gives it. */
export interface StoredSnapshot {
  readonly manifest: string;
  readonly id: string;
  readonly rows: number;
  readonly columns: number;
}

export interface SnapshotWriter {
  /** One per field. All must hold the same number of rows whenever `flush` or `finish` is called. */
  readonly builders: readonly ColumnBuilder[];
  /** Hands every full block to the store. Waits while much is on its way to the disk. */
  flush(): Promise<void>;
  /** Stores what is left and the manifest, and waits until all of it is on the disk. */
  finish(): Promise<StoredSnapshot>;
  /** Waits for what is on its way and forgets the rest, so that nothing is written after a failure is told. */
  abandon(): Promise<void>;
}

/** Most bytes handed to the store and not yet written. */
const bytesInFlight = 48 * 2 ** 20;
/** Most bytes of text in one block: offsets are 32 bits, and a block is held in memory whole. */
const textLimit = 2 ** 30;

/**
 * With `base`, what its blocks hold already is not stored again: blocks are shared, or kept as patches of them (see patch.ts). The id
 * is the same either way.
 */
export function createSnapshotWriter(
  fields: readonly Field[],
  store: ObjectWriter,
  base?: BaseSnapshot,
): SnapshotWriter {
  const patcher = base && createPatcher(fields, base);
  const builders = fields.map(({ type }) => new ColumnBuilder(type));
  const entries: Promise<BlockEntry>[][] = fields.map(() => []);
  const waiting = new Set<Promise<unknown>>();
  let pending = 0;
  let rowsStored = 0;
  let fault: { error: unknown } | undefined;

  const noteFault = async <Result>(work: Promise<Result>): Promise<Result> => {
    try {
      return await work;
    } catch (error) {
      fault ??= { error };
      throw error;
    }
  };

  const storeBlock = async (
    { nulls, rows }: Block,
    hashing: Promise<string>,
    bytes: Uint8Array,
  ): Promise<BlockEntry> => {
    pending += bytes.length;
    try {
      const [hash, object] = await noteFault(Promise.all([hashing, store.put(objectKinds.block, bytes)]));
      return { hash, nulls, object, rows };
    } finally {
      pending -= bytes.length;
    }
  };

  const keep = (column: number, entry: Promise<BlockEntry>): void => {
    const settled: Promise<boolean> = entry.then(
      () => waiting.delete(settled),
      () => waiting.delete(settled),
    );
    waiting.add(settled);
    entries[column]?.push(entry);
  };

  const put = (column: number, block: Block, hashing = blockHashAside(block)): void =>
    keep(column, storeBlock(block, hashing, encodeBlock(block)));

  const putPlanned = (
    blocks: readonly Block[],
    plans: readonly BlockPlan[],
    hashes: readonly string[],
  ): void => {
    const patched = plans.flatMap((plan, column) =>
      plan && 'patch' in plan ? [{ column, ...plan.patch }] : [],
    );
    if (patched.length > 0) {
      const bytes = encodePatches(patched.map(({ patch }) => patch));
      const storing = noteFault(store.put(objectKinds.patches, bytes));
      for (const [part, { column, bases }] of patched.entries()) {
        const { nulls, rows } = blocks[column]!;
        const hash = hashes[column]!;
        const patch = { bases: [...bases], part };
        keep(
          column,
          storing.then((object) => ({ hash, nulls, object, patch, rows })),
        );
      }
    }
    for (const [column, block] of blocks.entries()) {
      const plan = plans[column];
      if (!plan) put(column, block, Promise.resolve(hashes[column]!));
      else if ('entry' in plan) entries[column]?.push(Promise.resolve(plan.entry));
    }
  };

  const isFull = (): boolean => pending > bytesInFlight;

  const room = async (): Promise<void> => {
    while (isFull()) await Promise.race(waiting);
    if (fault) throw fault.error;
  };

  const storeRows = async (rows: number): Promise<void> => {
    if (patcher) {
      const blocks = builders.map((builder) => builder.block(rows));
      const hashes = await Promise.all(blocks.map((block) => blockHashAside(block)));
      putPlanned(blocks, await patcher.plan(rowsStored, blocks, hashes), hashes);
      for (const builder of builders) builder.drop(rows);
      await room();
    } else {
      for (const [column, builder] of builders.entries()) {
        put(column, builder.block(rows));
        builder.drop(rows);
        await room();
      }
    }
    rowsStored += rows;
  };

  return {
    builders,
    async flush() {
      builders.forEach((builder, index) => {
        if (builder.textBytes() > textLimit) {
          throw fail('column-too-large', { column: fields[index]?.name ?? '', limit: textLimit });
        }
      });
      while ((builders[0]?.length ?? 0) >= blockRows) await storeRows(blockRows);
    },
    async finish() {
      await this.flush();
      const rest = builders[0]?.length ?? 0;
      if (rest > 0) await storeRows(rest);
      const columns: SnapshotManifest['columns'] = [];
      for (const [index, { name, type }] of fields.entries()) {
        const blocks = await Promise.all(entries[index] ?? []);
        columns.push({
          blocks,
          name,
          nulls: blocks.reduce((sum, { nulls }) => sum + nulls, 0),
          root: columnHash(
            type,
            rowsStored,
            blocks.map(({ hash }) => hash),
          ),
          type,
        });
      }
      const content = { rows: rowsStored, columns };
      const manifest = await store.put(
        objectKinds.manifest,
        encodeManifest(content),
        manifestObjects(content),
      );
      return { manifest, id: snapshotId(content), rows: rowsStored, columns: fields.length };
    },
    async abandon() {
      await Promise.all(waiting);
    },
  };
}
