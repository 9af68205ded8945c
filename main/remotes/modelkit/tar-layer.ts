import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pack, type Header, type Pack } from 'tar-stream';
import { asFailure, durableStep } from '../../platform/files/index.ts';
import type { TransferCall } from '../remote.ts';

export interface TarEntry {
  /** Relative to the bundle, with forward slashes. */
  readonly path: string;
  readonly kind: 'file' | 'folder';
  /** Bytes of a file; 0 for a folder. */
  readonly size: number;
}

/** Times, owners and modes as `kit` writes them, so that the same files give the same bytes on every machine. */
function header({ path, kind, size }: TarEntry): Partial<Header> & Pick<Header, 'name'> {
  const fixed = { mtime: new Date(0), uid: 1000, gid: 0, uname: '', gname: '' };
  return kind === 'folder'
    ? { ...fixed, name: path, type: 'directory', mode: 0o755, size: 0 }
    : { ...fixed, name: path, type: 'file', mode: 0o644, size };
}

/** Writes one layer to the new file `target`, streaming. Entries have to be sorted, folders before what is in them. */
export async function writeTarLayer(
  folder: string,
  entries: readonly TarEntry[],
  target: string,
  call: TransferCall,
): Promise<{ readonly digest: string; readonly size: number }> {
  const tar = pack();
  const hash = createHash('sha256');
  let size = 0;
  const file = await open(target, 'wx', 0o600).catch((error: unknown) => {
    throw asFailure(error, target);
  });
  try {
    durableStep('write', target);
    const feeding = feed(tar, folder, entries, call.signal);
    // Told by the loop below, which sees the destroyed stream.
    feeding.catch((error: unknown) => tar.destroy(error instanceof Error ? error : new Error(String(error))));
    for await (const chunk of tar) {
      if (!(chunk instanceof Uint8Array)) continue;
      hash.update(chunk);
      await file.write(chunk);
      size += chunk.byteLength;
      call.progress?.(size);
    }
    await feeding;
  } catch (error) {
    await rm(target, { force: true });
    throw asFailure(error, target);
  } finally {
    await file.close();
  }
  return { digest: `sha256:${hash.digest('hex')}`, size };
}

async function feed(
  tar: Pack,
  folder: string,
  entries: readonly TarEntry[],
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const entry of entries) {
    signal?.throwIfAborted();
    if (entry.kind === 'folder' || entry.size === 0) {
      tar.entry(header(entry), '');
    } else {
      // tar-stream fails the entry when the file has changed its size meanwhile.
      const source = createReadStream(join(folder, entry.path), { highWaterMark: 1024 * 1024 });
      await pipeline(source, tar.entry(header(entry)), signal ? { signal } : {});
    }
  }
  tar.finalize();
}
