import { lstat, mkdir, open, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { fail, Failure } from '../../../../preload/contract/errors.ts';
import { asFailure, replaceFile, systemCode } from '../../../platform/files/index.ts';
import { systemClock } from '../../../platform/clock.ts';

/*
 * The OCI image layout (image-spec 1.1, image-layout.md): `oci-layout`, `index.json`, `blobs/sha256/<hex>`.
 * Tags are `org.opencontainers.image.ref.name` annotations of the index's entries.
 */

export const refName = 'org.opencontainers.image.ref.name';
const readLimit = 4 * 1024 * 1024;

const Layout = z.object({ imageLayoutVersion: z.string() });
const Entry = z.looseObject({
  mediaType: z.string(),
  digest: z.string(),
  size: z.int().nonnegative(),
  annotations: z.record(z.string(), z.string()).optional(),
});
export type Entry = z.infer<typeof Entry>;
const Index = z.looseObject({ schemaVersion: z.literal(2), manifests: z.array(Entry) });

/** A plain file's bytes, up to the limit; undefined when there is none. Never follows a link, never opens a device. */
export async function readPlain(path: string, remote: string, part: string): Promise<Uint8Array | undefined> {
  const damaged = (reason: string) => fail('remote-damaged', { remote, part, reason });
  try {
    const stats = await lstat(path);
    if (!stats.isFile()) throw damaged('it is not a plain file');
    if (stats.size > readLimit) throw damaged(`it has ${stats.size} bytes`);
    const file = await open(path, 'r');
    try {
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    if (error instanceof Failure) throw error;
    throw systemCode(error)
      ? fail('file-unreadable', { path, reason: systemCode(error) ?? '' }, error)
      : error;
  }
}

function parse<T>(schema: z.ZodType<T>, bytes: Uint8Array, remote: string, part: string): T {
  try {
    return schema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch (error) {
    throw fail('remote-damaged', { remote, part, reason: 'it does not read as what it should be' }, error);
  }
}

/** False when the folder isn't a layout yet. Refuses layouts of a version that isn't known. */
export async function isLayout(folder: string, remote: string): Promise<boolean> {
  const bytes = await readPlain(join(folder, 'oci-layout'), remote, 'oci-layout');
  if (!bytes) return false;
  const { imageLayoutVersion } = parse(Layout, bytes, remote, 'oci-layout');
  if (imageLayoutVersion === '1.0.0') return true;
  throw fail('remote-folder-taken', {
    path: folder,
    reason: `it is an OCI layout of version ${imageLayoutVersion}`,
  });
}

/** The index as it stands; empty before the first push is complete. */
export async function readIndex(folder: string, remote: string): Promise<z.infer<typeof Index>> {
  const bytes = await readPlain(join(folder, 'index.json'), remote, 'index.json');
  if (!bytes)
    return { schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests: [] };
  return parse(Index, bytes, remote, 'index.json');
}

/** Points tags to a manifest; everything else in the index stays. Writes nothing when they point there already. */
export async function tagManifest(
  folder: string,
  remote: string,
  manifest: Entry,
  tags: readonly string[],
): Promise<void> {
  await withLock(folder, async () => {
    const index = await readIndex(folder, remote);
    const kept = index.manifests.filter(({ annotations }) => !tags.includes(annotations?.[refName] ?? ''));
    const added = tags.map((tag) => ({ ...manifest, annotations: { [refName]: tag } }));
    const current = index.manifests.filter((entry) => !kept.includes(entry));
    const same = current.length === tags.length && current.every((entry) => entry.digest === manifest.digest);
    if (same) return;
    const text = JSON.stringify({ ...index, manifests: [...kept, ...added] });
    await replaceFile(join(folder, 'index.json'), text);
  });
}

/** Makes the folder a layout if it can be one: new, or without files of these names. */
export async function prepareLayout(folder: string, remote: string): Promise<void> {
  try {
    const parent = dirname(folder);
    const names = await readdir(folder).catch(async (error: unknown): Promise<string[]> => {
      if (systemCode(error) === 'ENOTDIR') {
        throw fail('remote-folder-taken', { path: folder, reason: 'it is a file' });
      }
      if (systemCode(error) !== 'ENOENT') throw error;
      // One level only: a stick that isn't plugged in must not turn into a folder on the disk.
      await mkdir(folder).catch((missing: unknown) => {
        throw systemCode(missing) === 'ENOENT'
          ? fail('remote-folder-missing', { path: folder, parent }, missing)
          : missing;
      });
      return [];
    });
    if (!names.includes('oci-layout') || !(await isLayout(folder, remote))) {
      const taken = names.find((name) => name === 'index.json' || name === 'blobs');
      // A push that was stopped before it wrote `oci-layout` leaves an empty "blobs/sha256".
      if (taken && !(taken === 'blobs' && (await isEmptyBlobs(folder)))) {
        throw fail('remote-folder-taken', { path: folder, reason: `it holds "${taken}" of something else` });
      }
      await mkdir(join(folder, 'blobs', 'sha256'), { recursive: true });
      await replaceFile(join(folder, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
    }
    await mkdir(join(folder, 'blobs', 'sha256'), { recursive: true });
    await sweep(folder);
    await sweep(join(folder, 'blobs', 'sha256'));
  } catch (error) {
    throw asFailure(error, folder);
  }
}

async function isEmptyBlobs(folder: string): Promise<boolean> {
  const names = await readdir(join(folder, 'blobs'), { recursive: true }).catch(() => ['?']);
  return names.every((name) => name === 'sha256');
}

/** Temporary files of a push that was killed; those of one under way are younger. */
async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!/^\.[0-9a-f]{12}\.tmp$/.test(name)) continue;
    const path = join(folder, name);
    const stats = await lstat(path).catch(() => undefined);
    if (stats && age(stats.mtimeMs) > 3_600_000) await rm(path, { force: true });
  }
}

function age(mtimeMs: number): number {
  return Date.parse(systemClock.now()) - mtimeMs;
}

/** One writer of `index.json` at a time. It takes milliseconds, so a lock older than half a minute is a dead one's. */
async function withLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const path = join(folder, '.index.lock');
  for (;;) {
    try {
      await (await open(path, 'wx')).close();
      break;
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw asFailure(error, path);
      const stats = await lstat(path).catch(() => undefined);
      if (stats && Math.abs(age(stats.mtimeMs)) > 30_000) await rm(path, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}
