import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseManifest, unpackKit, type PackedKit } from './modelkit/index.ts';
import type { RemoteStore, TransferCall } from './remote.ts';

export interface Amount {
  readonly blobs: number;
  readonly bytes: number;
}

export interface PushResult {
  readonly sent: Amount;
  /** What the remote had already. */
  readonly skipped: Amount;
}

/** Sends what the remote doesn't have, and the manifest last: a push that fails leaves no tag. */
export async function pushKit(
  store: RemoteStore,
  kit: PackedKit,
  alias: string | undefined,
  call: TransferCall,
): Promise<PushResult> {
  const sent = { blobs: 0, bytes: 0 };
  const skipped = { blobs: 0, bytes: 0 };
  const seen = new Set<string>();
  let before = 0;
  for (const { blob, file } of kit.blobs) {
    if (seen.has(blob.digest)) continue;
    seen.add(blob.digest);
    const start = before;
    const present = await store.hasBlob(blob, { signal: call.signal });
    if (!present) {
      const progress = (bytes: number) => call.progress?.(start + bytes);
      await store.putBlob(blob, file, { signal: call.signal, progress });
    }
    const amount = present ? skipped : sent;
    amount.blobs++;
    amount.bytes += blob.size;
    before += blob.size;
    call.progress?.(before);
  }
  await store.putManifest(kit.manifest, alias, { signal: call.signal });
  return { sent, skipped };
}

export interface PulledKit {
  /** Digest of the manifest: `sha256:` and 64 hex digits. */
  readonly digest: string;
  /** The folder with the unpacked bundle. Nothing about it is verified but the digests of the blobs. */
  readonly folder: string;
}

/**
 * Brings a kit into `work`, an empty folder. Every blob's length and digest are checked before anything reads it.
 * `sized` tells the total number of bytes as soon as it is known.
 */
export async function pullKit(
  store: RemoteStore,
  work: string,
  call: TransferCall,
  sized: (total: number) => void = () => undefined,
): Promise<PulledKit> {
  const bytes = await store.getManifest({ signal: call.signal });
  const manifest = parseManifest(bytes, store.name);
  const blobs = new Map([manifest.config, ...manifest.layers].map((blob) => [blob.digest, blob]));
  sized([...blobs.values()].reduce((sum, { size }) => sum + size, 0));

  const folder = join(work, 'bundle');
  const staged = join(work, 'blobs');
  await mkdir(staged, { recursive: true });
  const fileOf = (digest: string) => join(staged, digest.slice('sha256:'.length));
  let before = 0;
  for (const blob of blobs.values()) {
    const start = before;
    const progress = (received: number) => call.progress?.(start + received);
    await store.getBlob(blob, fileOf(blob.digest), { signal: call.signal, progress });
    before += blob.size;
  }
  await unpackKit(manifest, store.name, fileOf, folder, { signal: call.signal });
  await rm(staged, { recursive: true, force: true });
  return { digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`, folder };
}
