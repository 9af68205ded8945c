import type { ObjectReader } from '../../platform/objects/index.ts';
import { sha256 } from '../../platform/files/index.ts';
import { encodeBlock } from '../arrow/stream.ts';
import { encodeManifest, isPatched, manifestObjects, objectKinds } from '../snapshot/manifest.ts';
import type { ObjectFacts } from '../../platform/objects/index.ts';
import { openSnapshot, readBlock } from './open-snapshot.ts';

/** An object whose bytes can be had again and again. */
export interface WholeObject extends ObjectFacts {
  readonly bytes: () => Promise<Uint8Array>;
}

export interface WholeSnapshot {
  readonly manifest: WholeObject;
  /** In the order of the manifest, each once. */
  readonly blocks: readonly WholeObject[];
}

/**
 * A snapshot in the form that leaves the workspace: every block whole, as an Arrow IPC stream, and the manifest of format 1 over them. It is the
 * same wherever and after whatever versions the snapshot was stored.
 */
export async function wholeSnapshot(reader: ObjectReader, digest: string): Promise<WholeSnapshot> {
  const stored = await openSnapshot(reader, digest);
  const blocks = new Map<string, WholeObject>();
  const columns = [];
  for (const column of stored.columns) {
    const entries = [];
    for (const [index, entry] of column.blocks.entries()) {
      const { hash, nulls, rows, patch } = entry;
      const bytes = patch
        ? async () => encodeBlock(await readBlock(reader, column, index))
        : () => reader.get(entry.object);
      const known = patch ? undefined : blocks.get(entry.object);
      const content = known ? undefined : await bytes();
      const object = content && patch ? sha256(content) : entry.object;
      if (content)
        blocks.set(object, {
          digest: object,
          kind: objectKinds.block,
          size: content.byteLength,
          children: [],
          bytes,
        });
      entries.push({ hash, nulls, object, rows });
    }
    columns.push({ ...column, blocks: entries });
  }
  const whole = stored.columns.some(isPatched)
    ? encodeManifest({ rows: stored.rows, columns })
    : await reader.get(digest);
  return {
    manifest: {
      digest: sha256(whole),
      kind: objectKinds.manifest,
      size: whole.byteLength,
      children: manifestObjects({ columns }),
      bytes: () => Promise.resolve(whole),
    },
    blocks: [...blocks.values()],
  };
}
