import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../../../preload/contract/errors.ts';
import {
  asFailure,
  removeFile,
  renameFile,
  sha256,
  syncFolder,
  systemCode,
  writeSynced,
} from '../files/index.ts';
import type { ObjectFacts, ObjectReader, ObjectWriter } from './object-store.ts';

/** Where an object lies below the objects folder: two hex digits, then the rest. */
export function objectPath(root: string, digest: string): string {
  return join(root, digest.slice(0, 2), digest.slice(2));
}

function isDigest(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

export function createObjectReader(root: string): ObjectReader {
  return {
    has: (digest) => isDigest(digest) && existsSync(objectPath(root, digest)),
    async get(digest) {
      // A name from a damaged record or a foreign manifest must not lead anywhere else.
      if (!isDigest(digest)) throw fail('object-missing', { digest });
      let bytes: Uint8Array;
      try {
        bytes = await readFile(objectPath(root, digest));
      } catch (error) {
        const code = systemCode(error);
        if (code === 'ENOENT' || code === 'ENOTDIR') throw fail('object-missing', { digest }, error);
        const reason = error instanceof Error ? error.message : String(error);
        throw fail('file-unreadable', { path: join('objects', objectPath('', digest)), reason }, error);
      }
      const found = sha256(bytes);
      if (found !== digest) throw fail('object-damaged', { digest, found });
      return bytes;
    },
  };
}

export interface StagingWriter extends ObjectWriter {
  /** Everything put so far, in order, each digest once. */
  staged(): readonly ObjectFacts[];
}

/**
 * Writes objects into a staging folder, each flushed before `put` returns. An object the store holds already is checked and
 * not written again; a damaged one is staged anew, so that doing the work again heals it.
 */
export function createStagingWriter(root: string, staging: string): StagingWriter {
  const facts = new Map<string, ObjectFacts>();
  const reader = createObjectReader(root);
  let ready: Promise<unknown> | undefined;
  return {
    async put(kind, bytes, children = []) {
      const digest = sha256(bytes);
      if (facts.has(digest)) return digest;
      facts.set(digest, { digest, kind, size: bytes.byteLength, children });
      if (reader.has(digest) && (await intact(reader, digest))) return digest;
      ready ??= mkdir(staging, { recursive: true });
      await ready;
      await writeSynced(join(staging, digest), bytes);
      return digest;
    },
    staged: () => [...facts.values()],
  };
}

async function intact(reader: ObjectReader, digest: string): Promise<boolean> {
  try {
    await reader.get(digest);
    return true;
  } catch {
    return false;
  }
}

/**
 * Moves staged objects into the store and flushes the folders. Called before the record that names them is committed: a stop in
 * between leaves objects that no record names, which `sweepObjects` removes.
 */
export async function adoptObjects(
  root: string,
  staging: string,
  objects: readonly ObjectFacts[],
): Promise<void> {
  const folders = new Set<string>();
  const waiting = new Set(existsSync(staging) ? await readdir(staging) : []);
  for (const { digest } of objects) {
    if (!waiting.has(digest)) continue;
    const folder = join(root, digest.slice(0, 2));
    if (!folders.has(folder)) {
      if (!existsSync(folder)) {
        try {
          await mkdir(folder, { recursive: true });
        } catch (error) {
          throw asFailure(error, folder);
        }
        folders.add(root);
      }
      folders.add(folder);
    }
    await renameFile(join(staging, digest), objectPath(root, digest));
  }
  await Promise.all([...folders].map((folder) => syncFolder(folder)));
  for (const { digest } of objects) {
    if (!existsSync(objectPath(root, digest))) throw fail('object-missing', { digest });
  }
}

/** Digests of all object files; names that aren't objects come back as `strays` (paths relative to the root). */
export async function listObjects(root: string): Promise<{ digests: string[]; strays: string[] }> {
  const digests: string[] = [];
  const strays: string[] = [];
  if (!existsSync(root)) return { digests, strays };
  for (const folder of await readdir(root, { withFileTypes: true })) {
    if (!folder.isDirectory() || !/^[0-9a-f]{2}$/.test(folder.name)) {
      strays.push(folder.name);
      continue;
    }
    for (const file of await readdir(join(root, folder.name))) {
      if (/^[0-9a-f]{62}$/.test(file)) digests.push(folder.name + file);
      else strays.push(`${folder.name}/${file}`);
    }
  }
  return { digests, strays };
}

/** Removes the files of objects. What a stop leaves of them, `sweepObjects` removes. */
export async function removeObjects(root: string, digests: readonly string[]): Promise<void> {
  for (const digest of digests) await removeFile(objectPath(root, digest));
}

/** Removes object files that no record knows. Only for the writer, while no job runs. */
export async function sweepObjects(root: string, known: ReadonlySet<string>): Promise<number> {
  const { digests } = await listObjects(root);
  const orphans = digests.filter((digest) => !known.has(digest));
  await removeObjects(root, orphans);
  return orphans.length;
}
