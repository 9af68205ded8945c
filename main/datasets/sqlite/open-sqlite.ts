import { constants } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openForeignDatabase, type ForeignDb } from '../../platform/database/index.ts';
import { systemCode } from '../../platform/files/index.ts';

/**
 * Opens a copy of an SQLite file and of its write-ahead log: reading some databases writes files beside them, and the user's
 * folder is only read. The copy costs nothing where the disk can share blocks.
 */
export async function openSqlite(path: string, staging: string): Promise<ForeignDb> {
  const copy = join(staging, 'source.sqlite');
  await copyFile(path, copy, constants.COPYFILE_FICLONE);
  await copyFile(`${path}-wal`, `${copy}-wal`, constants.COPYFILE_FICLONE).catch((error: unknown) => {
    if (systemCode(error) !== 'ENOENT') throw error;
  });
  return openForeignDatabase(copy);
}
