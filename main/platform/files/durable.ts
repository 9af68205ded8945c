import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail, Failure } from '../../../preload/contract/errors.ts';
import { durableStep } from './steps.ts';

/** SHA-256 as lower-case hex. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Writes a file whole and flushed to the disk, but not yet named durably: follow with rename and `syncFolder`. */
export async function writeSynced(path: string, bytes: Uint8Array | string, mode = 0o644): Promise<void> {
  try {
    durableStep('write', path);
    const file = await open(path, 'wx', mode);
    try {
      await file.writeFile(bytes);
      durableStep('sync', path);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    throw asFailure(error, path);
  }
}

/** Flushes a folder's entries (names made by rename or unlink). Windows has no such call; its renames are journalled. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  try {
    durableStep('sync-folder', path);
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch (error) {
    throw asFailure(error, path);
  }
}

/** Renames within one file system, replacing what is there. */
export async function renameFile(from: string, to: string): Promise<void> {
  try {
    durableStep('rename', to);
    await rename(from, to);
  } catch (error) {
    throw asFailure(error, to);
  }
}

export async function removeFile(path: string): Promise<void> {
  try {
    durableStep('unlink', path);
    await rm(path, { force: true, recursive: true });
  } catch (error) {
    throw asFailure(error, path);
  }
}

/**
 * Makes a folder and those above it. Not `mkdir` with `recursive`: under a file system that refuses folders with ENOENT (as /proc does)
 * that never returns (seen with Node 24.21).
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const code = systemCode(error);
    const parent = dirname(path);
    if (code === 'EEXIST' && (await isFolder(path))) return;
    if (code === 'ENOENT' && (await isFolder(parent))) {
      throw fail('not-writable', { path, reason: 'no folder can be made there' }, error);
    }
    if (code !== 'ENOENT' || parent === path) throw asFailure(error, path);
    await makeFolder(parent);
    await mkdir(path).catch((again: unknown) => {
      if (systemCode(again) !== 'EEXIST') throw asFailure(again, path);
    });
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (facts) => facts.isDirectory(),
    () => false,
  );
}

/** A file is wholly the old one or wholly the new one, whatever happens: temp file, fsync, rename, folder fsync. */
export async function replaceFile(path: string, bytes: Uint8Array | string, mode = 0o644): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, `.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await makeFolder(folder);
    await writeSynced(temporary, bytes, mode);
    await renameFile(temporary, path);
    await syncFolder(folder);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw asFailure(error, path);
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'it lies on a read-only disk',
  EISDIR: 'it is a folder',
  EEXIST: 'something of that name is there already',
  ENOTDIR: 'a part of its path is a file, not a folder',
  ENAMETOOLONG: 'its name is too long for this disk',
  ELOOP: 'its path leads in a circle',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EIO: 'the disk reports an error',
};

/** What the system says of writing `path`, in words a user can act on; anything else unchanged. */
export function asFailure(error: unknown, path: string): unknown {
  const code = systemCode(error) ?? '';
  if (code === 'ENOSPC' || code === 'EDQUOT') return fail('disk-full', { path }, error);
  const reason = reasons[code];
  return reason === undefined ? error : fail('not-writable', { path, reason: `${reason} (${code})` }, error);
}

/** `ENOENT` and the like, or undefined for anything that isn't a system error (a `Failure` has a code of another kind). */
export function systemCode(error: unknown): string | undefined {
  if (error instanceof Failure) return undefined;
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
