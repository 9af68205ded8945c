import { setImmediate } from 'node:timers/promises';
import type { Problem } from '../../preload/contract/workspaces.ts';
import type { Db, Row } from '../platform/database/index.ts';
import { sha256 } from '../platform/files/index.ts';
import { firstPrevious, journalHash, type Change, type JournalRecord } from './journal.ts';
import { readHead } from './journal-head-file.ts';
import { recordTables, type RecordTable } from './migrations.ts';
import { problem, unreadable } from './problem.ts';
import { redactionsIn } from './redact-journal.ts';

export interface JournalCheck {
  readonly problems: readonly Problem[];
  /** How many records the journal has. */
  readonly journal: number;
  /** How many rows it says there are. */
  readonly records: number;
}

/** Rows read before other calls get a turn. */
const batchSize = 1000;

/**
 * Walks the hash chain and replays every change; what the tables hold must be what the journal says. Never throws on damage: what
 * can't be read is a problem too. Memory: a name and a hash per live row. Throws when the signal says so.
 */
export async function verifyJournal(db: Db, dir: string, signal: AbortSignal): Promise<JournalCheck> {
  const problems: Problem[] = [];
  const state = new Map<string, string>();
  let journal = 0;
  try {
    journal = await walk(db, state, problems, signal);
    problems.push(...compareHead(db, dir, journal));
  } catch (error) {
    signal.throwIfAborted();
    problems.push(unreadable(error, 'journal'));
  }
  const seen = new Set<string>();
  for (const table of Object.keys(recordTables) as RecordTable[]) {
    try {
      await compareTable(db, table, { state, seen, problems, signal });
    } catch (error) {
      signal.throwIfAborted();
      problems.push(unreadable(error, table));
    }
  }
  for (const name of state.keys()) {
    if (!seen.has(name))
      problems.push(problem('record-missing', name, `${name}: the journal has it, the database does not`));
  }
  return { problems, journal, records: state.size };
}

/** Returns the number of the last record. */
async function walk(
  db: Db,
  state: Map<string, string>,
  problems: Problem[],
  signal: AbortSignal,
): Promise<number> {
  let previous = firstPrevious;
  let seq = 0;
  /** Records whose content does not match their hash, with the hash of what they hold. */
  const odd = new Map<number, string>();
  const damage = (at: number, words: string): void => {
    const where = `journal record ${at}`;
    problems.push(problem('journal-damaged', where, `${where}: ${words}`));
  };
  for (;;) {
    const batch = db.all<JournalRecord>(
      'SELECT * FROM journal WHERE seq > ? ORDER BY seq LIMIT ?',
      seq,
      batchSize,
    );
    if (batch.length === 0) {
      for (const at of odd.keys()) damage(at, 'its content does not match its hash');
      return seq;
    }
    for (const record of batch) {
      const damaged = (words: string): void => damage(record.seq, words);
      // In a damaged tree the order may be lost, and with it the end of this loop.
      if (!(record.seq > seq)) throw new Error(`record ${record.seq} stands after record ${seq}`);
      if (record.seq !== seq + 1) damaged(`record ${seq + 1} is missing before it`);
      if (record.previous !== previous) damaged('it does not follow from the record before');
      const content = journalHash(record);
      if (content !== record.hash) odd.set(record.seq, content);
      const changes = replay(record.changes, state);
      if (!changes) damaged("its changes can't be read");
      // An erasure blanked words in records before it, and vouches for what stands there now.
      for (const { seq: at, hash } of redactionsIn(changes ?? [])) if (odd.get(at) === hash) odd.delete(at);
      previous = record.hash;
      seq = record.seq;
    }
    await setImmediate();
    signal.throwIfAborted();
  }
}

/** Undefined when they can't be read. */
function replay(text: string, state: Map<string, string>): Change[] | undefined {
  try {
    const changes = JSON.parse(text) as Change[];
    for (const { table, key, row } of changes) {
      if (row) state.set(nameOf(table, key), fingerprint(row));
      else state.delete(nameOf(table, key));
    }
    return changes;
  } catch {
    return undefined;
  }
}

/** The chain alone can't tell that its end was cut off. */
function compareHead(db: Db, dir: string, journal: number): Problem[] {
  const noted = readHead(dir);
  if (!noted) return [];
  if (noted.records > journal) {
    const words = `the journal ends at record ${journal}, but ${noted.records} were written; the last ones were lost (a missing workspace.sqlite-wal, or an older copy of workspace.sqlite)`;
    return [problem('journal-cut', `journal record ${noted.records}`, words)];
  }
  const there = db.get<{ hash: string }>('SELECT hash FROM journal WHERE seq = ?', noted.records);
  if (there?.hash === noted.head) return [];
  const where = `journal record ${noted.records}`;
  return [problem('journal-cut', where, `${where}: it is another one than was written`)];
}

async function compareTable(
  db: Db,
  table: RecordTable,
  {
    state,
    seen,
    problems,
    signal,
  }: {
    readonly state: ReadonlyMap<string, string>;
    readonly seen: Set<string>;
    readonly problems: Problem[];
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const keys: readonly string[] = recordTables[table];
  for (let last = Number.MIN_SAFE_INTEGER; ;) {
    const batch = db.all<Row & { at_row: number }>(
      `SELECT rowid AS at_row, * FROM ${table} WHERE rowid > ? ORDER BY rowid LIMIT ?`,
      last,
      batchSize,
    );
    if (batch.length === 0) return;
    for (const { at_row: rowid, ...row } of batch) {
      if (!(rowid > last)) throw new Error(`row ${rowid} stands after row ${last}`);
      last = rowid;
      const name = nameOf(
        table,
        keys.map((key) => row[key] as string | number),
      );
      if (seen.has(name)) problems.push(problem('record-unknown', name, `${name}: it is there twice`));
      seen.add(name);
      const recorded = state.get(name);
      const unknown = `${name}: it is in the database, but the journal knows nothing of it`;
      if (recorded === undefined) problems.push(problem('record-unknown', name, unknown));
      else if (recorded !== fingerprint(row))
        problems.push(problem('record-changed', name, `${name}: it is not what the journal says it is`));
    }
    await setImmediate();
    signal.throwIfAborted();
  }
}

function nameOf(table: string, key: readonly (string | number)[]): string {
  return `${table} ${key.join('@')}`;
}

function fingerprint(row: Row): string {
  return sha256(JSON.stringify(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1))));
}
