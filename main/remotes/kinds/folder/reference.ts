import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { fail } from '../../../../preload/contract/errors.ts';
import { tagProblem } from '../../tags.ts';

export interface FolderReference {
  /** Absolute. */
  readonly path: string;
  readonly tag: string;
}

export const defaultTag = 'latest';

/** `file:DIR`, DIR absolute, relative to `cwd`, or below `~/`. `file:///DIR` is understood too. */
export function parseFolderReference(
  text: string,
  { cwd, tag = defaultTag }: { readonly cwd: string; readonly tag?: string | undefined },
): FolderReference {
  const refuse = (reason: string) => fail('remote-invalid', { remote: text, reason });
  let folder = text.slice('file:'.length);
  if (!folder) throw refuse('the folder is missing');
  if (folder.includes('\0')) throw refuse('it holds a NUL character');
  if (folder.startsWith('///')) {
    folder = folder.slice(2);
    // file:///C:/models
    if (/^\/[a-z]:/i.test(folder)) folder = folder.slice(1);
  } else if (folder.startsWith('//')) {
    throw refuse('after two slashes comes a host, and folders on other hosts are not supported');
  }
  // Shells expand a tilde only at the start of a word, which "file:" takes from it.
  if (folder === '~' || folder.startsWith('~/')) folder = homedir() + folder.slice(1);
  const problem = tagProblem(tag);
  if (problem !== undefined) throw refuse(problem);
  return { path: resolve(cwd, folder), tag };
}
