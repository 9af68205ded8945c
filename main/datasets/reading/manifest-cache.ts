import type { ObjectReader } from '../../platform/objects/index.ts';
import type { SnapshotManifest } from '../snapshot/manifest.ts';
import { openSnapshot } from './open-snapshot.ts';

const kept = new Map<string, Promise<SnapshotManifest>>();
const limit = 16;

/** `openSnapshot`, remembering the manifests used lately: a table that is scrolled asks for the same one again and again. */
export function openCached(reader: ObjectReader, manifest: string): Promise<SnapshotManifest> {
  const known = kept.get(manifest);
  kept.delete(manifest);
  const opened = known ?? openSnapshot(reader, manifest);
  kept.set(manifest, opened);
  if (!known) opened.catch(() => kept.delete(manifest));
  const [oldest] = kept.keys();
  if (kept.size > limit && oldest !== undefined) kept.delete(oldest);
  return opened;
}
