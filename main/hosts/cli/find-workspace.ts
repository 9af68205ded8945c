import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { userPaths } from '../../platform/paths.ts';

export interface FoundWorkspace {
  readonly dir: string;
  /** It is the user's default one and is not there yet. */
  readonly missing: boolean;
}

/** The folder that was named, else the nearest one above the current folder, else the user's default. */
export function findWorkspace(named: string | undefined, from = process.cwd()): FoundWorkspace {
  if (named !== undefined) return { dir: resolve(from, named), missing: false };
  for (let dir = from; ; dir = dirname(dir)) {
    if (existsSync(join(dir, 'workspace.sqlite'))) return { dir, missing: false };
    if (dir === dirname(dir)) break;
  }
  const dir = join(userPaths().documents, 'default');
  return { dir, missing: !existsSync(join(dir, 'workspace.sqlite')) };
}
