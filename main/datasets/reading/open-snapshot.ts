import { fail, Failure } from '../../../preload/contract/errors.ts';
import type { ObjectReader } from '../../platform/objects/index.ts';
import { decodeBlock } from '../arrow/stream.ts';
import type { Block } from '../snapshot/block.ts';
import { applyPatch, decodePatch } from '../snapshot/patch.ts';
import { blockHash } from '../snapshot/digest.ts';
import {
  decodeManifest,
  snapshotId,
  type BlockEntry,
  type ManifestColumn,
  type SnapshotManifest,
} from '../snapshot/manifest.ts';
import { getShelved } from './shelf.ts';

/** Reads and checks a snapshot's manifest. Throws `object-missing`, `object-damaged`, `snapshot-unreadable`. */
export async function openSnapshot(reader: ObjectReader, manifest: string): Promise<SnapshotManifest> {
  const bytes = await reader.get(manifest);
  try {
    return decodeManifest(bytes);
  } catch (error) {
    throw fail(
      'snapshot-unreadable',
      { manifest, reason: error instanceof Error ? error.message : String(error) },
      error,
    );
  }
}

/** A snapshot for a new one to share blocks with; undefined when there is none, or none that can be read. */
export async function openBase(
  reader: ObjectReader,
  manifest: string | undefined,
): Promise<{ readonly reader: ObjectReader; readonly manifest: SnapshotManifest } | undefined> {
  if (manifest === undefined) return undefined;
  try {
    return { reader, manifest: await openSnapshot(reader, manifest) };
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

/** The column of that name. Throws `column-not-found`. */
export function columnOf({ columns }: SnapshotManifest, name: string): ManifestColumn {
  const found = columns.find((column) => column.name === name);
  if (!found) {
    throw fail('column-not-found', {
      column: name,
      known: columns.map((column) => column.name),
      where: 'the snapshot',
    });
  }
  return found;
}

/** One block of a column; the store checks the digest of every object before it is parsed. */
export async function readBlock(reader: ObjectReader, column: ManifestColumn, index: number): Promise<Block> {
  const entry = column.blocks[index];
  if (!entry) throw new RangeError(`column "${column.name}" has no block ${index}`);
  const objects = entry.patch
    ? await Promise.all([entry.object, ...entry.patch.bases].map((object) => getShelved(reader, object)))
    : [await reader.get(entry.object)];
  try {
    const block = makeBlock(entry, column.type, objects);
    if (block.rows !== entry.rows || block.nulls !== entry.nulls)
      throw new RangeError('its length is not the one recorded');
    return block;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw fail(
      'snapshot-unreadable',
      { manifest: entry.object, reason: `block ${index} of "${column.name}": ${reason}` },
      error,
    );
  }
}

function makeBlock(
  { rows, patch }: BlockEntry,
  type: ManifestColumn['type'],
  [object = new Uint8Array(), ...bases]: readonly Uint8Array[],
): Block {
  if (!patch) return decodeBlock(object, type);
  return applyPatch(
    type,
    rows,
    decodePatch(object, patch.part, type),
    bases.map((bytes) => decodeBlock(bytes, type)),
  );
}

/**
 * Computes the id of a snapshot from its values, reading every block: what a snapshot that came from elsewhere must pass.
 * Throws `snapshot-unreadable` when a block's content isn't what the manifest says.
 */
export async function verifySnapshot(
  reader: ObjectReader,
  manifestDigest: string,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<string> {
  const manifest = await openSnapshot(reader, manifestDigest);
  for (const column of manifest.columns) {
    for (const [index, entry] of column.blocks.entries()) {
      signal?.throwIfAborted();
      if (blockHash(await readBlock(reader, column, index)) !== entry.hash) {
        const reason = `block ${index} of "${column.name}" does not have the recorded content`;
        throw fail('snapshot-unreadable', { manifest: manifestDigest, reason });
      }
    }
  }
  return snapshotId(manifest);
}
