import { lstat, readdir } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import type { Clock } from '../platform/clock.ts';
import { sqliteCode, type Db } from '../platform/database/index.ts';
import { durableStep, removeFile } from '../platform/files/index.ts';
import { refuseOwnFile } from './own-files.ts';
import { databaseName } from './database-failure.ts';
import type { Workspace } from './workspace.ts';

interface Unfinished {
  readonly id: string;
  /** JSON string[]: paths below the workspace. */
  readonly folders: string;
}

/**
 * Does what is left of erasures whose records are committed: removes the folders they name, and rewrites the database so that neither
 * free pages nor the write-ahead log hold what was erased. False while another process looks into the database: the next opening goes on.
 */
export async function finishErasures(
  workspace: Workspace,
  { clock, actor, action }: { readonly clock: Clock; readonly actor: string; readonly action: string },
): Promise<boolean> {
  const rows = unfinishedErasures(workspace.db);
  if (rows.length === 0) return true;
  for (const { folders } of rows)
    for (const folder of JSON.parse(folders) as string[]) await removeBelow(workspace.dir, folder);
  if (!wipeFreePages(workspace.db)) return false;
  await workspace.commit({ action, actor }, (transaction) => {
    for (const { id } of rows) transaction.patch('erasures', [id], { finished: clock.now() });
  });
  return true;
}

export function unfinishedErasures(db: Db): Unfinished[] {
  return db.all<Unfinished>('SELECT id, folders FROM erasures WHERE finished IS NULL');
}

/** A record may be damaged or foreign: nothing outside the workspace, and nothing of its own, is ever removed by it. */
async function removeBelow(dir: string, below: string): Promise<void> {
  const path = resolve(dir, below);
  if (!path.startsWith(resolve(dir) + sep)) return;
  const known = await lstat(path).catch(() => undefined);
  if (!known?.isDirectory()) return;
  await refuseOwnFile(dir, path);
  // The signature goes last: until then the folder is still known for what it is.
  for (const entry of await readdir(path)) if (entry !== 'model.sig') await removeFile(join(path, entry));
  await removeFile(path);
}

/** Writes the database anew without its free pages, and empties the write-ahead log. False when somebody else reads meanwhile. */
export function wipeFreePages(db: Db): boolean {
  try {
    durableStep('write', databaseName);
    db.exec('PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; VACUUM');
    durableStep('sync', databaseName);
    return db.get<{ busy: number }>('PRAGMA wal_checkpoint(TRUNCATE)')?.busy === 0;
  } catch (error) {
    const code = sqliteCode(error) ?? '';
    if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return false;
    throw error;
  }
}
