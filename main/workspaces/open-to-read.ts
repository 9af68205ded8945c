import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase, openDatabaseBytes, sqliteCode, type Db } from '../platform/database/index.ts';
import { databaseName } from './database-failure.ts';
import { migrate } from './migrate.ts';
import { applicationId, migrations } from './migrations.ts';

/**
 * Opens a workspace's database to look only. On a read-only disk SQLite can't make the shared memory that its write-ahead log needs;
 * a database that was closed properly has no log, and is then read whole into memory.
 */
export function openToRead(dir: string): Db {
  const db = openAsItIs(dir);
  const format = db.get<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0;
  const own = db.get<{ application_id: number }>('PRAGMA application_id')?.application_id === applicationId;
  const path = join(dir, databaseName);
  if (!own || format < 1 || format >= migrations.length || sizeOf(`${path}-wal`) > 0) return db;
  // Of an older format: a copy in memory is brought up to date, so that an old archive can be read where nothing can be written.
  db.close();
  const copy = openDatabaseBytes(readFileSync(path), { changeable: true });
  copy.transaction(() => migrate(copy, format));
  return copy;
}

function openAsItIs(dir: string): Db {
  const path = join(dir, databaseName);
  try {
    const db = openDatabase(path, { readonly: true });
    try {
      db.get('SELECT 1 FROM sqlite_schema');
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  } catch (error) {
    const code = sqliteCode(error) ?? '';
    const noSharedMemory = code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_READONLY');
    if (!noSharedMemory || sizeOf(`${path}-wal`) > 0) throw error;
    return openDatabaseBytes(readFileSync(path));
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
