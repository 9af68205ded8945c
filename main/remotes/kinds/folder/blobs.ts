import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail } from '../../../../preload/contract/errors.ts';
import { asFailure, durableStep, renameFile, syncFolder, systemCode } from '../../../platform/files/index.ts';
import type { Descriptor, TransferCall } from '../../remote.ts';

const pieceSize = 1024 * 1024;

export function blobPath(folder: string, digest: string): string {
  return join(folder, 'blobs', 'sha256', digest.slice('sha256:'.length));
}

/** SHA-256 of a plain file of the right length; undefined when it is missing or anything else. */
export async function digestOf(
  path: string,
  size: number,
  call: TransferCall = {},
): Promise<string | undefined> {
  const stats = await lstat(path).catch(() => undefined);
  if (!stats?.isFile() || stats.size !== size) return undefined;
  const hash = createHash('sha256');
  for await (const piece of pieces(path, call.signal)) hash.update(piece);
  return `sha256:${hash.digest('hex')}`;
}

async function* pieces(path: string, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    for (;;) {
      signal?.throwIfAborted();
      const { bytesRead, buffer } = await file.read(new Uint8Array(pieceSize), 0, pieceSize);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** Copies a blob under a temporary name, flushed and hashed on the way, and only then under its own. */
export async function copyBlob(
  from: string,
  to: string,
  blob: Descriptor,
  remote: string,
  call: TransferCall,
): Promise<void> {
  const temporary = join(dirname(to), `.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const digest = await copyHashed(from, temporary, blob, call);
    if (digest !== blob.digest) {
      const reason = `its digest is ${digest}`;
      throw fail('remote-damaged', { remote, part: `the blob ${blob.digest}`, reason });
    }
    await renameFile(temporary, to);
    await syncFolder(dirname(to));
  } catch (error) {
    await rm(temporary, { force: true });
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ELOOP') {
      throw fail(
        'remote-damaged',
        { remote, part: `the blob ${blob.digest}`, reason: 'it is missing' },
        error,
      );
    }
    throw asFailure(error, to);
  }
}

async function copyHashed(from: string, to: string, blob: Descriptor, call: TransferCall): Promise<string> {
  const hash = createHash('sha256');
  const target = await open(to, 'wx', 0o644);
  try {
    let size = 0;
    for await (const piece of pieces(from, call.signal)) {
      size += piece.byteLength;
      // A longer file than due is not copied to its end; the digest can't be right any more.
      if (size > blob.size) break;
      durableStep('write', to);
      await target.write(piece);
      hash.update(piece);
      call.progress?.(size);
    }
    durableStep('sync', to);
    await target.sync();
  } finally {
    await target.close();
  }
  return `sha256:${hash.digest('hex')}`;
}
