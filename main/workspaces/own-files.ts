import { realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { fail } from '../../preload/contract/errors.ts';

/**
 * Refuses a place to write to that a workspace keeps for itself: its objects, its staging, its database and what lies
 * beside it. Anything else in the folder is the user's. Throws `workspace-own-file`.
 */
export async function refuseOwnFile(dir: string, path: string): Promise<void> {
  const [first = ''] = relative(await realPath(dir), await realPath(path)).split(sep);
  const name = first.toLowerCase();
  if (name === 'objects' || name === 'staging' || name.startsWith('workspace.'))
    throw fail('workspace-own-file', { dir, path });
}

/** The real path of what may not be there yet: links are followed as far as there is something. */
async function realPath(path: string): Promise<string> {
  const whole = resolve(path);
  try {
    return await realpath(whole);
  } catch {
    const above = dirname(whole);
    return above === whole ? whole : join(await realPath(above), basename(whole));
  }
}
