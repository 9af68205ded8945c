import { fail } from '../../preload/contract/errors.ts';
import type { Db, Row } from '../platform/database/index.ts';
import type { ObjectFacts } from '../platform/objects/index.ts';
import type { Change, JournalRecord } from './journal.ts';
import { recordTables, type RecordTable } from './migrations.ts';
import { redactJournal, type Redaction } from './redact-journal.ts';

/** Writes inside one commit. Every row goes to its table and into the journal; nothing else may write records. */
export interface Transaction {
  /** Inserts the row, or replaces the one with its key. All columns must be given. */
  put(table: RecordTable, row: Row): void;
  /** Changes some columns of a row that exists. */
  patch(table: RecordTable, key: readonly (string | number)[], changes: Row): void;
  /** Removes a row that exists. The journal keeps what it said. */
  remove(table: RecordTable, key: readonly (string | number)[]): void;
  /** Removes objects that no record names; their files go when the transaction is on the disk. */
  drop(digests: readonly string[]): void;
  /** Blanks words in the journal's changes; what comes back must be recorded, in the same commit, with the erasure. */
  redact(
    records: readonly Pick<JournalRecord, 'seq'>[],
    blank: (changes: readonly Change[]) => readonly Change[],
  ): Redaction[];
  /** Registers adopted objects. */
  adopt(objects: readonly ObjectFacts[]): void;
}

/** Writes to the tables and notes each change; the caller holds the database's transaction. */
export function createTransaction(db: Db, changes: Change[], dropped: string[] = []): Transaction {
  const put = (table: RecordTable, row: Row): void => {
    const columns = Object.keys(row);
    const keys: readonly string[] = recordTables[table];
    const others = columns.filter((column) => !keys.includes(column));
    const onConflict = others.length
      ? `UPDATE SET ${others.map((c) => `"${c}" = excluded."${c}"`).join(', ')}`
      : 'NOTHING';
    db.run(
      `INSERT INTO ${table} (${columns.map((c) => `"${c}"`).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
       ON CONFLICT (${keys.join(', ')}) DO ${onConflict}`,
      ...Object.values(row),
    );
    changes.push({ table, key: keys.map((key) => row[key] as string | number), row });
  };
  const remove = (table: RecordTable, key: readonly (string | number)[]): void => {
    const keys: readonly string[] = recordTables[table];
    db.run(`DELETE FROM ${table} WHERE ${keys.map((k) => `${k} = ?`).join(' AND ')}`, ...key);
    changes.push({ table, key, row: null });
  };
  return {
    put,
    remove,
    redact: (records, blank) => redactJournal(db, records, blank),
    drop(digests) {
      for (const digest of digests) remove('objects', [digest]);
      dropped.push(...digests);
    },
    patch(table, key, change) {
      const keys: readonly string[] = recordTables[table];
      const row = db.get(`SELECT * FROM ${table} WHERE ${keys.map((k) => `${k} = ?`).join(' AND ')}`, ...key);
      if (!row)
        throw fail('internal', {
          what: `changing ${table} ${key.join('@')}`,
          reason: 'there is no such record',
        });
      put(table, { ...row, ...change });
    },
    adopt(objects) {
      for (const { digest, kind, size, children } of objects) {
        if (db.get('SELECT 1 FROM objects WHERE digest = ?', digest)) continue;
        put('objects', { digest, kind, size, children: JSON.stringify(children) });
      }
    },
  };
}
