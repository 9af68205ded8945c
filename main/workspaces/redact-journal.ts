import type { Db } from '../platform/database/index.ts';
import { journalHash, type Change, type JournalRecord } from './journal.ts';

/** A record of the journal whose words were blanked: its number, and the hash of what stands there now. */
export interface Redaction {
  readonly seq: number;
  readonly hash: string;
}

const guard = 'journal_is_append_only_update';

/**
 * Blanks words in the journal's changes; the caller holds the transaction and records what comes back in a later record. A blanked record
 * keeps its old hash, so that the chain stays what it was; the later record vouches for what stands there instead (see verify-journal).
 */
export function redactJournal(
  db: Db,
  records: readonly Pick<JournalRecord, 'seq'>[],
  blank: (changes: readonly Change[]) => readonly Change[],
): Redaction[] {
  if (records.length === 0) return [];
  const sql = db.get<{ sql: string }>('SELECT sql FROM sqlite_schema WHERE name = ?', guard)?.sql;
  db.exec(`DROP TRIGGER IF EXISTS ${guard}`);
  const redactions = records.flatMap(({ seq }) => {
    const record = db.get<JournalRecord>('SELECT * FROM journal WHERE seq = ?', seq);
    if (!record) return [];
    const changes = JSON.stringify(blank(JSON.parse(record.changes) as Change[]));
    if (changes === record.changes) return [];
    db.run('UPDATE journal SET changes = ? WHERE seq = ?', changes, seq);
    return [{ seq, hash: journalHash({ ...record, changes }) }];
  });
  if (sql !== undefined) db.exec(sql);
  return redactions;
}

/** What the records of erasures among these changes vouch for. */
export function redactionsIn(changes: readonly Change[]): Redaction[] {
  return changes.flatMap(({ table, row }) =>
    table === 'erasures' && typeof row?.['journal'] === 'string'
      ? (JSON.parse(row['journal']) as Redaction[])
      : [],
  );
}

/** Hashes that later records vouch for, by the number of the blanked record; the last word counts. */
export function readRedactions(db: Db): Map<number, string> {
  return new Map(
    db
      .all<{ changes: string }>(`SELECT changes FROM journal WHERE action = 'privacy.erase' ORDER BY seq`)
      .flatMap(({ changes }) => redactionsIn(JSON.parse(changes) as Change[]))
      .map(({ seq, hash }) => [seq, hash]),
  );
}
