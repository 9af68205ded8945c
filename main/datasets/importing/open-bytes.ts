import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { fail } from '../../../preload/contract/errors.ts';
import { systemCode } from '../../platform/files/index.ts';

/** A user's file, opened for reading only, that is neither missing, a folder nor empty. */
export interface OpenedBytes {
  readonly handle: FileHandle;
  readonly path: string;
  /** Base name. */
  readonly name: string;
  readonly size: number;
  /** Nanoseconds; to notice that the file was changed while it was read. */
  readonly modified: bigint;
}

export async function openBytes(path: string): Promise<OpenedBytes> {
  const handle = await openForReading(path);
  try {
    const stats = await handle.stat({ bigint: true });
    if (stats.isDirectory()) throw fail('file-is-folder', { path });
    if (!stats.isFile()) throw fail('file-unreadable', { path, reason: 'it is not a regular file' });
    if (stats.size === 0n) throw fail('file-empty', { path });
    return { handle, path, name: basename(path), size: Number(stats.size), modified: stats.mtimeNs };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function openForReading(path: string): Promise<FileHandle> {
  try {
    // A pipe would be waited for without end; only its kind is looked at below.
    return await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') throw fail('file-not-found', { path }, error);
    if (code === 'EISDIR') throw fail('file-is-folder', { path }, error);
    throw fail('file-unreadable', { path, reason: code ?? String(error) }, error);
  }
}

/** Throws when the file isn't what it was when it was opened. */
export async function refuseChanged(file: OpenedBytes): Promise<void> {
  const { size, mtimeNs } = await file.handle.stat({ bigint: true });
  if (Number(size) !== file.size || mtimeNs !== file.modified)
    throw fail('file-changed', { path: file.path });
}

/** Up to `count` bytes from a place; fewer only at the file's end. */
export async function readAt(file: OpenedBytes, at: number, count: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(Math.max(0, Math.min(count, file.size - at)));
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await file.handle.read(bytes, filled, bytes.length - filled, at + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

/** SHA-256 of a file's bytes, in hex. Throws `cancelled`. */
export async function hashFile(file: OpenedBytes, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const piece = Buffer.allocUnsafe(2 ** 20);
  for (let at = 0; ;) {
    if (signal.aborted) throw fail('cancelled', { what: `reading ${file.path}` });
    const { bytesRead } = await file.handle.read(piece, 0, piece.length, at);
    if (bytesRead === 0) return hash.digest('hex');
    hash.update(piece.subarray(0, bytesRead));
    at += bytesRead;
  }
}
