import type { Field } from '../../../preload/contract/datasets.ts';
import { fail } from '../../../preload/contract/errors.ts';
import type { ObjectWriter } from '../../platform/objects/index.ts';
import { encodeBlock } from '../arrow/stream.ts';
import { blockRows, type Block } from './block.ts';
import { ColumnBuilder } from './column-builder.ts';
import { blockHashAside, columnHash } from './digest.ts';
import {
  encodeManifest,
  objectKinds,
  snapshotId,
  type BlockEntry,
  type SnapshotManifest,
} from './manifest.ts';

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

export function createSnapshotWriter(fields: readonly Field[], store: ObjectWriter): SnapshotWriter {
  const builders = fields.map(({ type }) => new ColumnBuilder(type));
  const entries: Promise<BlockEntry>[][] = fields.map(() => []);
  const waiting = new Set<Promise<unknown>>();
  let pending = 0;
  let rowsStored = 0;
  let fault: { error: unknown } | undefined;

  const storeBlock = async (
    { nulls, rows }: Block,
    hashing: Promise<string>,
    bytes: Uint8Array,
  ): Promise<BlockEntry> => {
    pending += bytes.length;
    try {
      const [hash, object] = await Promise.all([hashing, store.put(objectKinds.block, bytes)]);
      return { hash, nulls, object, rows };
    } catch (error) {
      fault ??= { error };
      throw error;
    } finally {
      pending -= bytes.length;
    }
  };

  const put = (column: number, rows: number): void => {
    const block = builders[column]!.block(rows);
    const entry = storeBlock(block, blockHashAside(block), encodeBlock(block));
    const settled: Promise<boolean> = entry.then(
      () => waiting.delete(settled),
      () => waiting.delete(settled),
    );
    waiting.add(settled);
    entries[column]?.push(entry);
  };

  const isFull = (): boolean => pending > bytesInFlight;

  const storeRows = async (rows: number): Promise<void> => {
    for (let column = 0; column < builders.length; column++) {
      put(column, rows);
      builders[column]?.drop(rows);
      while (isFull()) await Promise.race(waiting);
      if (fault) throw fault.error;
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
      const children = [...new Set(columns.flatMap(({ blocks }) => blocks.map(({ object }) => object)))];
      const content = { rows: rowsStored, columns };
      const manifest = await store.put(objectKinds.manifest, encodeManifest(content), children);
      return { manifest, id: snapshotId(content), rows: rowsStored, columns: fields.length };
    },
    async abandon() {
      await Promise.all(waiting);
    },
  };
}
