import Database from 'better-sqlite3';
import { accessSync, constants, readFileSync, writeFileSync } from 'node:fs';
import { sqliteCode } from './database.ts';

/** The lock is taken; by whom, in words. */
export interface Held {
  readonly holder: string;
}

export interface Lock {
  release(): void;
}

/**
 * One holder at a time, by an operating-system lock that SQLite takes on `path`: the kernel lets go of it when the process ends,
 * however it ends, so it can't outlive its holder or be taken for stale. `who` is written beside it for people to read only.
 * Returns what the holder wrote when the lock is taken. Throws what SQLite or the file system says when it can't be taken by anyone.
 */
export function takeLock(path: string, who: string): Lock | Held {
  const handle = new Database(path, { timeout: 0 });
  const words = `${path}.txt`;
  try {
    // On a file that can't be written SQLite would quietly take no more than a reader's lock.
    accessSync(path, constants.W_OK);
    handle.pragma('journal_mode = DELETE');
    handle.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    handle.close();
    const code = sqliteCode(error) ?? '';
    if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
      return { holder: readHolder(words) };
    throw error;
  }
  try {
    writeFileSync(words, who);
  } catch {
    // For people only; the lock holds without it.
  }
  return {
    release() {
      handle.exec('ROLLBACK');
      handle.close();
    },
  };
}

function readHolder(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim() || 'another process';
  } catch {
    return 'another process';
  }
}
