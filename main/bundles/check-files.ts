import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyObject } from 'node:crypto';
import { systemCode } from '../platform/files/index.ts';
import { bundleDigest } from './digest.ts';
import { collidingPaths, pathFault } from './paths.ts';
import { hashFile, listFolder, type FolderListing } from './read-folder.ts';
import { readSignature, signatureFile, type ReadSignature, type SignedFile } from './signing/index.ts';

/** One thing wrong with a bundle: what kind, which file, in words. */
export interface Problem {
  readonly code: ProblemCode;
  readonly path: string;
  readonly message: string;
}

export type ProblemCode =
  | 'folder-unreadable'
  | 'signature-missing'
  | 'signature-invalid'
  | 'path-escapes'
  | 'path-collides'
  | 'symlink'
  | 'not-a-file'
  | 'empty-folder'
  | 'file-missing'
  | 'file-extra'
  | 'file-renamed'
  | 'file-changed'
  | 'file-unreadable'
  | 'content-invalid'
  | 'golden-differs'
  | 'model-unusable';

export interface CheckedFiles {
  readonly problems: readonly Problem[];
  /** Who signed; null when the signature could not be read or does not hold. */
  readonly signature: ReadSignature | null;
  /** Digest of the files as they are; null when the folder could not be read. */
  readonly digest: string | null;
}

export interface CheckCall {
  readonly signal?: AbortSignal;
  readonly progress?: (fraction: number, message: string) => void;
}

/**
 * Signature and files of a bundle folder. Nothing is ignored: a file, link or empty folder that the signature does not name
 * is a problem, whatever the signature says about paths to ignore. Only hashes are computed; nothing but the signature is parsed.
 */
export async function checkFiles(
  dir: string,
  knownKeys: readonly KeyObject[],
  { signal, progress }: CheckCall = {},
): Promise<CheckedFiles> {
  let listing: FolderListing;
  try {
    listing = await listFolder(dir);
  } catch (error) {
    const message =
      systemCode(error) === 'ENOENT'
        ? `there is no folder "${dir}"`
        : `the folder can't be read: ${words(error)}`;
    return { problems: [{ code: 'folder-unreadable', path: '', message }], signature: null, digest: null };
  }
  const problems: Problem[] = oddEntries(listing);
  const { signature, fault } = await signatureOf(dir, listing, knownKeys);
  if (fault) problems.push(fault);
  const actual = await hashAll(dir, listing, problems, {
    ...(signal && { signal }),
    ...(progress && { progress }),
  });
  if (signature) problems.push(...badPaths(signature.files), ...compare(signature.files, actual));
  return { problems, signature, digest: bundleDigest(actual) };
}

function oddEntries({ symlinks, special, emptyFolders, files }: FolderListing): Problem[] {
  return [
    ...symlinks.map((path): Problem => ({
      code: 'symlink',
      path,
      message: `"${path}" is a link; bundles hold plain files only`,
    })),
    ...special.map((path): Problem => ({
      code: 'not-a-file',
      path,
      message: `"${path}" is neither a file nor a folder`,
    })),
    ...emptyFolders.map((path): Problem => ({
      code: 'empty-folder',
      path,
      message: `"${path}" is an empty folder that was not signed`,
    })),
    ...badPaths([...files.keys()].map((path) => ({ path }))),
  ];
}

function badPaths(files: readonly { readonly path: string }[]): Problem[] {
  const problems: Problem[] = [];
  for (const { path } of files) {
    const fault = pathFault(path);
    if (fault !== undefined)
      problems.push({
        code: 'path-escapes',
        path,
        message: `"${path}" is not a path for a bundle: ${fault}`,
      });
  }
  for (const [one, other] of collidingPaths(files.map(({ path }) => path))) {
    problems.push({
      code: 'path-collides',
      path: other,
      message: `"${one}" and "${other}" are the same file on some systems`,
    });
  }
  return problems;
}

async function signatureOf(
  dir: string,
  { files }: FolderListing,
  knownKeys: readonly KeyObject[],
): Promise<{ signature: ReadSignature | null; fault?: Problem }> {
  const path = signatureFile;
  const size = files.get(path);
  if (size === undefined) {
    return {
      signature: null,
      fault: { code: 'signature-missing', path, message: `there is no ${path}; the bundle is not signed` },
    };
  }
  try {
    if (size > signatureLimit) throw new Error(`it is larger than ${signatureLimit} bytes`);
    return { signature: readSignature(await readFile(join(dir, path)), knownKeys) };
  } catch (error) {
    return {
      signature: null,
      fault: { code: 'signature-invalid', path, message: `${path} does not hold: ${words(error)}` },
    };
  }
}

/** Room for 10,000 long paths. */
const signatureLimit = 8_000_000;

async function hashAll(
  dir: string,
  { files }: FolderListing,
  problems: Problem[],
  { signal, progress }: CheckCall,
): Promise<SignedFile[]> {
  const actual: SignedFile[] = [];
  const total = Math.max(
    1,
    [...files.values()].reduce((sum, size) => sum + size, 0),
  );
  let done = 0;
  for (const [path, size] of files) {
    signal?.throwIfAborted();
    progress?.(done / total, `checking ${path}`);
    try {
      if (path !== signatureFile) actual.push({ path, sha256: await hashFile(join(dir, path), signal) });
    } catch (error) {
      if (signal?.aborted) throw error;
      problems.push({ code: 'file-unreadable', path, message: `"${path}" can't be read: ${words(error)}` });
    }
    done += size;
  }
  return actual;
}

function compare(signed: readonly SignedFile[], actual: readonly SignedFile[]): Problem[] {
  const found = new Map(actual.map((file) => [file.path, file.sha256]));
  const wanted = new Map(signed.map((file) => [file.path, file.sha256]));
  const extra = actual.filter(({ path }) => !wanted.has(path));
  const moved = new Set<string>();
  const problems: Problem[] = [];
  for (const { path, sha256 } of signed) {
    const now = found.get(path);
    if (now === sha256) continue;
    if (now !== undefined) {
      problems.push({ code: 'file-changed', path, message: `"${path}" was changed after it was signed` });
      continue;
    }
    const twin = extra.find((file) => file.sha256 === sha256 && !moved.has(file.path));
    if (twin) {
      moved.add(twin.path);
      problems.push({
        code: 'file-renamed',
        path: twin.path,
        message: `"${twin.path}" was "${path}" when it was signed`,
      });
    } else problems.push({ code: 'file-missing', path, message: `"${path}" was signed and is not there` });
  }
  for (const { path } of extra) {
    if (!moved.has(path))
      problems.push({ code: 'file-extra', path, message: `"${path}" is there and was not signed` });
  }
  return problems;
}

function words(error: unknown): string {
  return systemCode(error) ?? (error instanceof Error ? error.message : String(error));
}
