import { fail } from '../../preload/contract/errors.ts';
import type { Db } from '../platform/database/index.ts';
import type { RecordTable } from '../workspaces/index.ts';

/** The records of a workspace at one moment. A column that was added later is undefined in records from before. */
export interface Records {
  /** Rows in the order they were first written. */
  all<T>(table: RecordTable): readonly T[];
}

/** The records as they are now. */
export function currentRecords(db: Db): Records {
  return { all: <T>(table: RecordTable) => db.all<T>(`SELECT * FROM ${table} ORDER BY rowid`) };
}

/**
 * The records as they were at a moment: the journal told again up to then, so that a stage or a status is what it was, not what it
 * is. Throws `journal-damaged` for a record that can't be read.
 */
export function recordsAt(db: Db, until: string): Records {
  const tables = new Map<string, Map<string, unknown>>();
  for (const { seq, changes } of db.all<{ seq: number; changes: string }>(
    'SELECT seq, changes FROM journal WHERE at <= ? ORDER BY seq',
    until,
  )) {
    for (const { table, key, row } of changesOf(seq, changes)) {
      const rows = tables.get(table) ?? new Map<string, unknown>();
      tables.set(table, rows);
      if (row === null) rows.delete(JSON.stringify(key));
      else rows.set(JSON.stringify(key), row);
    }
  }
  return { all: <T>(table: RecordTable) => [...(tables.get(table)?.values() ?? [])] as T[] };
}

interface JournalChange {
  readonly table: string;
  readonly key: readonly (string | number)[];
  readonly row: unknown;
}

/** What a journal record wrote. Throws `journal-damaged`. */
export function changesOf(seq: number, changes: string): readonly JournalChange[] {
  try {
    return JSON.parse(changes) as JournalChange[];
  } catch (error) {
    throw fail(
      'journal-damaged',
      { record: seq, reason: error instanceof Error ? error.message : String(error) },
      error,
    );
  }
}

/** The last instant of a day or moment as people give it: `2026-03-03` is until the day's end. */
export function lastInstant(until: string): string {
  return until.includes('T')
    ? new Date(until).toISOString()
    : new Date(Date.parse(until) + 86_400_000 - 1).toISOString();
}
