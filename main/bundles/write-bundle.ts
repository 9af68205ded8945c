import { mkdir, readdir, rm, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fail } from '../../preload/contract/errors.ts';
import {
  makeFolder,
  asFailure,
  renameFile,
  sha256,
  syncFolder,
  systemCode,
  writeSynced,
} from '../platform/files/index.ts';
import type { BundleFile } from './content.ts';
import { bundleDigest, type FileFacts } from './digest.ts';
import { byPath } from './paths.ts';
import { readSignature, signatureFile, writeSignature, type SigningKey } from './signing/index.ts';

export interface WrittenBundle {
  readonly digest: string;
  /** In path order, the signature included. */
  readonly files: readonly FileFacts[];
  /** The bytes of its signature. */
  readonly signature: Uint8Array;
}

export interface WriteCall {
  readonly signal?: AbortSignal;
  readonly progress?: (fraction: number, message: string) => void;
  /** Signatures made before. One by the same key over the same files is used again, so that nothing differs. */
  readonly earlier?: readonly Uint8Array[];
}

/**
 * Writes a signed bundle into a new or empty folder: all of it, or nothing. The files go into a folder beside the target, which is
 * renamed when everything is on the disk; what an earlier stop left of such a folder is removed first.
 */
export async function writeBundle(
  dir: string,
  name: string,
  files: readonly BundleFile[],
  key: SigningKey,
  { signal, progress, earlier = [] }: WriteCall = {},
): Promise<WrittenBundle> {
  const target = resolve(dir);
  await refuseFull(target);
  const part = join(dirname(target), `.${basename(target)}.holdfast-part`);
  try {
    await rm(part, { recursive: true, force: true });
    await makeFolder(part);
    const folders = new Set<string>([part]);
    const written: FileFacts[] = [];
    const write = async (path: string, bytes: Uint8Array): Promise<void> => {
      const file = join(part, ...path.split('/'));
      if (!folders.has(dirname(file))) {
        await mkdir(dirname(file), { recursive: true });
        folders.add(dirname(file));
      }
      await writeSynced(file, bytes);
      written.push({ path, sha256: sha256(bytes), size: bytes.length });
    };
    for (const [index, file] of files.entries()) {
      if (signal?.aborted) throw fail('cancelled', { what: 'the export' });
      progress?.(index / (files.length + 1), `writing ${file.path}`);
      await write(file.path, await file.bytes());
    }
    const digest = bundleDigest(written);
    const signature =
      earlier.find((bytes) => signsTheSame(bytes, name, digest, key)) ??
      Buffer.from(writeSignature(name, written, key));
    await write(signatureFile, signature);
    for (const folder of folders) await syncFolder(folder);
    if (await exists(target)) await rmdir(target);
    await renameFile(part, target);
    await syncFolder(dirname(target));
    return { digest, files: written.sort(byPath), signature };
  } catch (error) {
    await rm(part, { recursive: true, force: true }).catch(() => undefined);
    throw asFailure(error, target);
  }
}

function signsTheSame(bytes: Uint8Array, name: string, digest: string, key: SigningKey): boolean {
  try {
    const read = readSignature(bytes);
    return read.fingerprint === key.fingerprint && read.name === name && bundleDigest(read.files) === digest;
  } catch {
    return false;
  }
}

async function refuseFull(target: string): Promise<void> {
  try {
    if ((await readdir(target)).length > 0) throw fail('bundle-target-not-empty', { dir: target });
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOTDIR') throw fail('bundle-target-not-empty', { dir: target }, error);
    if (code !== 'ENOENT') throw asFailure(error, target);
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
