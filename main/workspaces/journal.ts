import type { Db, Row } from '../platform/database/index.ts';
import { sha256 } from '../platform/files/index.ts';
import type { RecordTable } from './migrations.ts';

/** One row written or removed (`row: null`), with its key columns' values. */
export interface Change {
  readonly table: RecordTable;
  readonly key: readonly (string | number)[];
  readonly row: Row | null;
}

export interface JournalRecord {
  readonly seq: number;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  /** JSON of Change[], keys of rows in column order. */
  readonly changes: string;
  /** Hash of the record before; 64 zeros for the first. */
  readonly previous: string;
  readonly hash: string;
}

export const firstPrevious = '0'.repeat(64);

/** What a record's hash covers: everything in it but the hash, as one JSON array. */
export function journalHash(record: Omit<JournalRecord, 'hash'>): string {
  const { seq, at, actor, action, changes, previous } = record;
  return sha256(JSON.stringify([seq, at, actor, action, changes, previous]));
}

export function journalHead(db: Db): { records: number; head: string } {
  const last = db.get<{ seq: number; hash: string }>(
    'SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1',
  );
  return { records: last?.seq ?? 0, head: last?.hash ?? firstPrevious };
}

/** Appends one record; the caller holds the transaction. */
export function appendJournal(
  db: Db,
  entry: { at: string; actor: string; action: string; changes: readonly Change[] },
): void {
  const { records, head } = journalHead(db);
  const record = {
    seq: records + 1,
    at: entry.at,
    actor: entry.actor,
    action: entry.action,
    changes: JSON.stringify(entry.changes),
    previous: head,
  };
  db.run(
    'INSERT INTO journal (seq, at, actor, action, changes, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?)',
    record.seq,
    record.at,
    record.actor,
    record.action,
    record.changes,
    record.previous,
    journalHash(record),
  );
}

/** Records from newest to oldest, before a sequence number. */
export function readJournal(db: Db, before: number, limit: number): JournalRecord[] {
  return db.all<JournalRecord>(
    'SELECT * FROM journal WHERE seq < ? ORDER BY seq DESC LIMIT ?',
    before,
    limit,
  );
}
