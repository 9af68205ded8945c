import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { KeptKey } from '../../preload/contract/system.ts';
import { removeFile, replaceFile } from '../platform/files/index.ts';
import { userPaths } from '../platform/paths.ts';

const folder = (): string => join(userPaths().config, 'page');
const ending = '.json';
/** Writes to one key wait for each other, so that the last one asked for is the one that stays. */
const writing = new Map<string, Promise<void>>();

/** All that is kept; a file that can't be read counts as absent. */
export async function readKept(): Promise<Record<string, z.core.util.JSONType>> {
  await Promise.allSettled(writing.values());
  const names = await readdir(folder()).catch((): string[] => []);
  const entries: Record<string, z.core.util.JSONType> = {};
  for (const name of names.toSorted()) {
    const key = name.slice(0, -ending.length);
    if (!name.endsWith(ending) || !KeptKey.safeParse(key).success) continue;
    try {
      entries[key] = z.json().parse(JSON.parse(await readFile(join(folder(), name), 'utf8')));
    } catch {
      // Kept for convenience: damaged is the same as never kept.
    }
  }
  return entries;
}

/** Keeps a value in a file of its own; null forgets it. */
export async function keep(key: string, value: z.core.util.JSONType): Promise<void> {
  const path = join(folder(), `${key}${ending}`);
  const write = (): Promise<void> =>
    value === null ? removeFile(path) : replaceFile(path, JSON.stringify(value));
  const next = (writing.get(key) ?? Promise.resolve()).then(write, write);
  writing.set(key, next);
  try {
    await next;
  } finally {
    if (writing.get(key) === next) writing.delete(key);
  }
}
