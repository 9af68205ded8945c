import * as z from 'zod';
import { ColumnType } from '../../../preload/contract/column-types.ts';
import { Field } from '../../../preload/contract/datasets.ts';
import { Digest } from '../../../preload/contract/common.ts';
import { blockRows } from './block.ts';
import { columnHash, snapshotHash } from './digest.ts';

/** Kinds of object this domain stores. */
export const objectKinds = {
  manifest: 'snapshot-manifest',
  block: 'column-block',
  patches: 'column-patches',
  rejects: 'rejected-rows',
  profile: 'column-profile',
  relations: 'snapshot-relations',
  diff: 'snapshot-diff',
} as const;

const BlockEntry = z
  .object({
    /** Logical hash of the values (see digest.ts). */
    hash: Digest,
    nulls: z.int().min(0),
    /** Digest of the object that holds them: an Arrow IPC stream, or, with `patch`, patches of several columns. */
    object: Digest,
    /** How to make the block of others: `bases` are digests of their Arrow IPC streams, `part` says which patch of the object (see patch.ts). */
    patch: z
      .object({ bases: z.array(Digest).max(blockRows), part: z.int().min(0) })
      .strict()
      .optional(),
    rows: z.int().min(1).max(blockRows),
  })
  .strict();

const ManifestColumn = z
  .object({
    blocks: z.array(BlockEntry),
    name: z.string(),
    nulls: z.int().min(0),
    root: Digest,
    type: ColumnType,
  })
  .strict();

/**
 * What a snapshot is made of, stored as canonical JSON (keys sorted, no white space). Its children in the store are the objects it
 * names. Without patches it has format 1, and the same content has the same manifest bytes; with patches it has format 2.
 */
export const SnapshotManifest = z
  .object({
    columns: z.array(ManifestColumn),
    format: z.literal([1, 2]),
    rows: z.int().min(0),
    schema: z.array(Field),
  })
  .strict();
export type SnapshotManifest = z.infer<typeof SnapshotManifest>;
export type ManifestColumn = z.infer<typeof ManifestColumn>;
export type BlockEntry = z.infer<typeof BlockEntry>;

export function isPatched({ blocks }: Pick<ManifestColumn, 'blocks'>): boolean {
  return blocks.some(({ patch }) => patch !== undefined);
}

/** Digests of every object that a manifest names, each once. */
export function manifestObjects({ columns }: Pick<SnapshotManifest, 'columns'>): string[] {
  const entries = columns.flatMap(({ blocks }) => blocks);
  return [...new Set(entries.flatMap(({ object, patch }) => [object, ...(patch?.bases ?? [])]))];
}

export function encodeManifest({ columns, rows }: Pick<SnapshotManifest, 'columns' | 'rows'>): Uint8Array {
  const manifest = {
    columns: columns.map(({ blocks, name, nulls, root, type }) => ({
      blocks: blocks.map(({ hash, nulls: missing, object, patch, rows: length }) => ({
        hash,
        nulls: missing,
        object,
        ...(patch ? { patch: { bases: patch.bases, part: patch.part } } : {}),
        rows: length,
      })),
      name,
      nulls,
      root,
      type,
    })),
    format: columns.some(isPatched) ? 2 : 1,
    rows,
    schema: columns.map(({ name, type }) => ({ name, type })),
  };
  return new TextEncoder().encode(JSON.stringify(manifest));
}

/**
 * Parses a manifest and checks that it agrees with itself: block lengths, null counts, column roots. Throws an Error that
 * says what is wrong; the caller knows the digest.
 */
export function decodeManifest(bytes: Uint8Array): SnapshotManifest {
  const manifest = SnapshotManifest.parse(
    JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)),
  );
  const blocks = Math.ceil(manifest.rows / blockRows);
  if (manifest.format === 1 && manifest.columns.some(isPatched)) throw new Error('format 1 has no patches');
  if (manifest.schema.length !== manifest.columns.length) throw new Error('schema and columns differ');
  manifest.columns.forEach((column, index) => {
    const field = manifest.schema[index];
    if (field?.name !== column.name || field.type !== column.type)
      throw new Error(`schema differs at "${column.name}"`);
    const lengths = column.blocks.every(
      ({ rows }, i) => rows === (i < blocks - 1 ? blockRows : manifest.rows - blockRows * (blocks - 1)),
    );
    if (column.blocks.length !== blocks || !lengths)
      throw new Error(`blocks of "${column.name}" do not add up`);
    if (column.blocks.reduce((sum, { nulls }) => sum + nulls, 0) !== column.nulls) {
      throw new Error(`missing values of "${column.name}" do not add up`);
    }
    const hashes = column.blocks.map(({ hash }) => hash);
    if (columnHash(column.type, manifest.rows, hashes) !== column.root) {
      throw new Error(`the root of "${column.name}" does not match its blocks`);
    }
  });
  return manifest;
}

/** The snapshot id of a manifest. */
export function snapshotId({ rows, columns }: Pick<SnapshotManifest, 'rows' | 'columns'>): string {
  return snapshotHash(rows, columns);
}
