import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase, openDatabaseBytes, sqliteCode, type Db } from '../platform/database/index.ts';
import { databaseName } from './database-failure.ts';

/**
 * Opens a workspace's database to look only. On a read-only disk SQLite can't make the shared memory that its write-ahead log needs;
 * a database that was closed properly has no log, and is then read whole into memory.
 */
export function openToRead(dir: string): Db {
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
