import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { maxFiles } from './paths.ts';

/** What lies in a folder that is said to be a bundle. Links are named, never followed. */
export interface FolderListing {
  /** Plain files with their size; POSIX paths below the folder. */
  readonly files: ReadonlyMap<string, number>;
  readonly symlinks: readonly string[];
  /** Devices, sockets, pipes. */
  readonly special: readonly string[];
  /** Folders without any file in or below them. */
  readonly emptyFolders: readonly string[];
}

/** Throws an Error when there are more entries than a bundle may hold. */
export async function listFolder(dir: string): Promise<FolderListing> {
  const files = new Map<string, number>();
  const symlinks: string[] = [];
  const special: string[] = [];
  const emptyFolders: string[] = [];
  let seen = 0;
  const walk = async (below: string): Promise<number> => {
    let found = 0;
    const entries = await readdir(join(dir, ...below.split('/').filter(Boolean)), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      seen += 1;
      if (seen > 2 * maxFiles) throw new Error(`it holds more than ${maxFiles} files`);
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isSymbolicLink()) symlinks.push(path);
      else if (entry.isDirectory()) {
        const inside = await walk(path);
        if (inside === 0) emptyFolders.push(path);
        found += inside;
        continue;
      } else if (entry.isFile()) files.set(path, (await lstat(join(dir, path))).size);
      else special.push(path);
      found += 1;
    }
    return found;
  };
  await walk('');
  return { files, symlinks, special, emptyFolders };
}

/** SHA-256 of a file, read in pieces. */
export async function hashFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, {
    highWaterMark: 1 << 20,
    ...(signal ? { signal } : {}),
  })) {
    if (piece instanceof Uint8Array) hash.update(piece);
  }
  return hash.digest('hex');
}
