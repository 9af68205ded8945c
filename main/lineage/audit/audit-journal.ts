import type { Audit } from '../../../preload/contract/lineage.ts';
import type { Db } from '../../platform/database/index.ts';
import { journalHash, readRedactions, type JournalRecord, type RecordTable } from '../../workspaces/index.ts';
import { changesOf } from '../store.ts';

/** A record by its table and key: `versions houses@1`. */
export type Subject = readonly [table: RecordTable, key: string];

/** The journal's records that wrote any of these, oldest first; each hash is computed again. */
export function auditJournal(db: Db, subjects: readonly Subject[]): Audit['journal'] {
  const wanted = new Set(subjects.map(([table, key]) => `${table} ${key}`));
  const redactions = readRedactions(db);
  return db.all<JournalRecord>('SELECT * FROM journal ORDER BY seq').flatMap((record) => {
    const { seq, at, actor, action, previous, hash } = record;
    const named = changesOf(seq, record.changes)
      .filter(({ table }) => table !== 'objects')
      .map(({ table, key }) => `${table} ${key.join('@')}`);
    if (!named.some((name) => wanted.has(name))) return [];
    const content = journalHash(record);
    const sound = content === hash || content === redactions.get(seq);
    return [{ seq, at, by: actor, action, subjects: named, previous, hash, sound }];
  });
}
