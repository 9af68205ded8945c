import type { ObjectReader } from '../../platform/objects/index.ts';
import { encodeStream } from '../arrow/stream.ts';
import { blockRows } from '../snapshot/block.ts';
import type { SnapshotManifest } from '../snapshot/manifest.ts';
import { createBlockCache, type BlockCache } from './block-cache.ts';
import { joinBlocks, type BlockPart } from './join-blocks.ts';
import { columnOf } from './open-snapshot.ts';

export interface Window {
  readonly offset: number;
  readonly limit: number;
  /** By default all, in the order of the snapshot. */
  readonly columns?: readonly string[] | undefined;
}

const sharedCache = createBlockCache();

/**
 * Some rows as an Arrow IPC stream with one record batch: rows `offset` up to `offset + limit`, fewer (or none) at the end.
 * Reads only the blocks it touches. Throws `column-not-found`.
 */
export async function readWindow(
  reader: ObjectReader,
  manifest: SnapshotManifest,
  { offset, limit, columns }: Window,
  cache: BlockCache = sharedCache,
): Promise<Uint8Array> {
  const chosen = columns ? columns.map((name) => columnOf(manifest, name)) : manifest.columns;
  const from = Math.min(offset, manifest.rows);
  const to = Math.min(offset + limit, manifest.rows);
  const blocks = await Promise.all(
    chosen.map(async (column) => {
      const parts: BlockPart[] = [];
      for (let index = Math.floor(from / blockRows); index * blockRows < to; index++) {
        const block = await cache.get(reader, column, index);
        const start = index * blockRows;
        parts.push({ block, from: Math.max(0, from - start), to: Math.min(block.rows, to - start) });
      }
      return joinBlocks(column.type, parts);
    }),
  );
  return encodeStream(
    chosen.map(({ name, type }) => ({ name, type })),
    blocks,
    to - from,
  );
}
