import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { RecentWorkspace } from '../../preload/contract/workspaces.ts';
import { replaceFile } from '../platform/files/index.ts';
import { userPaths } from '../platform/paths.ts';
import { databaseName } from './database-failure.ts';

const Entry = RecentWorkspace.omit({ missing: true });
type Entry = z.infer<typeof Entry>;

const file = (): string => join(userPaths().config, 'recent-workspaces.json');
const kept = 50;

function read(): Entry[] {
  try {
    return z.array(Entry).parse(JSON.parse(readFileSync(file(), 'utf8')));
  } catch {
    // A list for convenience: absent or damaged is the same as empty.
    return [];
  }
}

async function write(entries: readonly Entry[]): Promise<void> {
  await replaceFile(file(), `${JSON.stringify(entries, null, 2)}\n`);
}

/** Pinned ones first, then newest first. */
export function recentWorkspaces(): z.infer<typeof RecentWorkspace>[] {
  return read()
    .toSorted((a, b) => Number(b.pinned) - Number(a.pinned) || (a.opened < b.opened ? 1 : -1))
    .map((entry) => ({ ...entry, missing: !existsSync(join(entry.dir, databaseName)) }));
}

export async function rememberWorkspace(entry: { dir: string; name: string; opened: string }): Promise<void> {
  const others = read().filter(({ dir }) => dir !== entry.dir);
  const pinned = read().some(({ dir, pinned: held }) => dir === entry.dir && held);
  await write([{ ...entry, pinned }, ...others].slice(0, kept));
}

export async function forgetWorkspace(dir: string): Promise<void> {
  await write(read().filter((entry) => entry.dir !== dir));
}

export async function pinWorkspace(dir: string, pinned: boolean): Promise<void> {
  await write(read().map((entry) => (entry.dir === dir ? { ...entry, pinned } : entry)));
}
