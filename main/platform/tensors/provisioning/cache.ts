import { mkdir, mkdtemp, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as z from 'zod';
import { hashFile } from './wheel.ts';
import type { EnginePin, PlatformPin } from './pins.ts';
import { systemCode } from '../../files/index.ts';

/**
 * An engine's folder in the cache is written beside its final place, flushed, and renamed into it; the stamp is the last file
 * written, so a folder with a stamp is whole. Two installations at once both build a folder and one rename wins: the lock
 * (lock.ts) only saves them the second download.
 */
const Stamp = z.object({
  engine: z.string(),
  version: z.string(),
  platform: z.string(),
  /** SHA-256 of the wheel it came from. */
  wheel: z.string(),
  files: z.record(z.string(), z.object({ sha256: z.string(), bytes: z.number() })),
});
export type Stamp = z.infer<typeof Stamp>;

const stampName = 'stamp.json';

/** `tensorflow-2.21.0-linux-x64`; other versions live beside it. */
export function engineFolder(
  cache: string,
  pin: Pick<EnginePin, 'id' | 'version'>,
  platform: string,
): string {
  return join(cache, 'engines', `${pin.id}-${pin.version}-${platform}`);
}

/** The stamp of a finished folder, or undefined where there is none that can be read. */
export async function readStamp(folder: string): Promise<Stamp | undefined> {
  try {
    return Stamp.parse(JSON.parse(await readFile(join(folder, stampName), 'utf8')));
  } catch {
    return undefined;
  }
}

/** What is wrong with an engine's folder, or undefined when every file is there with its bytes. `deep` re-hashes them. */
export async function folderFault(
  folder: string,
  pin: PlatformPin,
  depth: 'sizes' | 'deep',
): Promise<string | undefined> {
  const stamp = await readStamp(folder);
  if (!stamp) return 'it is not there yet';
  if (stamp.wheel !== pin.wheel.sha256) return 'it came from another wheel';
  for (const name of Object.values(pin.files)) {
    const expected = stamp.files[name];
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (!expected || !found) return `${name} is missing`;
    if (found.size !== expected.bytes) return `${name} has ${found.size} bytes, expected ${expected.bytes}`;
    if (depth === 'deep' && (await hashFile(path)) !== expected.sha256) return `${name} is damaged`;
  }
  return undefined;
}

/** Makes a folder whole or not at all: `fill` writes into a temporary one and returns what the stamp says. */
export async function buildFolder(folder: string, fill: (staging: string) => Promise<Stamp>): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const staging = await mkdtemp(join(dirname(folder), `.${basename(folder)}-`));
  try {
    const stamp = await fill(staging);
    const file = await open(join(staging, stampName), 'wx');
    try {
      await file.writeFile(`${JSON.stringify(stamp, undefined, 2)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await syncTree(staging);
    await replaceFolder(staging, folder);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Renames `staging` to `folder`; what stood there moves aside first (a process that has loaded it keeps its files). */
async function replaceFolder(staging: string, folder: string): Promise<void> {
  const aside = `${staging}-old`;
  await rename(folder, aside).catch((error: unknown) => {
    if (systemCode(error) !== 'ENOENT') throw error;
  });
  try {
    await rename(staging, folder);
  } catch (error) {
    // Another installation put its own whole folder there between the two renames: as good as ours.
    if ((await readStamp(folder)) === undefined) throw error;
  }
  await syncFolder(dirname(folder));
  await rm(aside, { recursive: true, force: true });
}

async function syncTree(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await syncTree(join(folder, entry.name));
  }
  await syncFolder(folder);
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes what killed installations left. Call with the lock held. */
export async function sweep(cache: string): Promise<void> {
  for (const folder of [join(cache, 'engines'), join(cache, 'downloads')]) {
    for (const name of await readdir(folder).catch(() => [])) {
      if (name.startsWith('.') && name !== '.lock')
        await rm(join(folder, name), { recursive: true, force: true });
    }
  }
}
