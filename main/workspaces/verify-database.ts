import type { Problem } from '../../preload/contract/workspaces.ts';
import type { Db } from '../platform/database/index.ts';
import { databaseName } from './database-failure.ts';
import { problem, unreadable } from './problem.ts';

/** Checks SQLite's own structure and every foreign key. */
export function verifyDatabase(db: Db): Problem[] {
  return [...attempt(() => structure(db)), ...attempt(() => references(db))];
}

function structure(db: Db): Problem[] {
  return db
    .all<{ integrity_check: string }>('PRAGMA integrity_check')
    .filter(({ integrity_check: words }) => words !== 'ok')
    .map(({ integrity_check: words }) =>
      problem('database-damaged', databaseName, `${databaseName}: ${words}`),
    );
}

function references(db: Db): Problem[] {
  return db
    .all<{ table: string; rowid: number | null; parent: string }>('PRAGMA foreign_key_check')
    .map(({ table, rowid, parent }) => {
      const row = rowid ?? '?';
      const words = `${table}, row ${row}: names a row of ${parent} that is not there`;
      return problem('reference-broken', `${table} row ${row}`, words);
    });
}

function attempt(work: () => Problem[]): Problem[] {
  try {
    return work();
  } catch (error) {
    return [unreadable(error)];
  }
}
