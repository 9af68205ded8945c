import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from '../../preload/contract/errors.ts';
import type { Clock } from '../platform/clock.ts';
import type { Db, Held, Lock } from '../platform/database/index.ts';
import { asFailure, durableStep } from '../platform/files/index.ts';
import {
  adoptObjects,
  createObjectReader,
  removeObjects,
  type ObjectFacts,
  type ObjectReader,
} from '../platform/objects/index.ts';
import { databaseFailure, databaseName } from './database-failure.ts';
import { openToRead } from './open-to-read.ts';
import { appendJournal, journalHead, type Change } from './journal.ts';
import { writeHead } from './journal-head-file.ts';
import { createTransaction, type Transaction } from './transaction.ts';

export interface Commit {
  readonly action: string;
  readonly actor: string;
  /** Staged objects to move in first. */
  readonly objects?: readonly ObjectFacts[];
  /** Where they are staged. */
  readonly staging?: string;
}

/** An open workspace: a folder with facts in SQLite and bytes in objects. It holds no absolute path; move it while closed. */
export interface Workspace {
  readonly dir: string;
  readonly id: string;
  readonly name: string;
  readonly created: string;
  /** False while another process is the writer: reads work, `commit` refuses. */
  readonly writable: boolean;
  /** Who the writer is, in words; null when it is us. */
  readonly holder: string | null;
  /** For reading; writing goes through `commit`. */
  readonly db: Db;
  readonly objects: ObjectReader;
  readonly objectsDir: string;
  /** A job's private folder inside the workspace. */
  stagingFor(id: string): string;
  /** True after `close`: reads throw, `commit` refuses. */
  readonly closed: boolean;
  /** Reads the records as they are at this moment, over a connection of its own, while others may be written. */
  moment<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /**
   * Moves staged objects in, runs `work` in one transaction, appends one journal record, flushed to the disk; then removes the files of
   * objects it dropped. One after the other: an object can't be dropped while another commit is about to name it.
   */
  commit<T>(commit: Commit, work: (transaction: Transaction) => T): Promise<T>;
  close(): void;
}

export interface OpenContext {
  readonly clock: Clock;
  readonly actor: string;
  /** For the lock, in words: `the Holdfast window (process 4711)`. */
  readonly holder: string;
  /** Told after each commit, with the tables it touched. */
  readonly onChange: (tables: readonly string[]) => void;
}

/** Makes an open database a workspace. */
export function assemble(
  dir: string,
  db: Db,
  lock: Lock | Held,
  { clock, onChange }: OpenContext,
): Workspace {
  const meta = (key: string): string =>
    db.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', key)?.value ?? '';
  const objectsDir = join(dir, 'objects');
  const holder = 'holder' in lock ? lock.holder : null;
  const database = identityOf(dir);
  // Where open files can be deleted, SQLite goes on writing into one that nobody will find again.
  const refuseGone = (): void => {
    if (identityOf(dir) !== database) throw fail('workspace-gone', { dir });
  };
  let closed = false;
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  };
  return {
    dir,
    id: meta('id'),
    name: meta('name'),
    created: meta('created'),
    writable: holder === null,
    holder,
    db,
    objects: createObjectReader(objectsDir),
    objectsDir,
    stagingFor: (id) => join(dir, 'staging', id),
    get closed() {
      return closed;
    },
    async moment(work) {
      const other = openToRead(dir);
      try {
        other.exec('BEGIN');
        return await work(other);
      } finally {
        other.close();
      }
    },
    commit: ({ action, actor, objects = [], staging }, work) =>
      inTurn(async () => {
        if (holder !== null) throw fail('workspace-locked', { dir, holder });
        refuseGone();
        if (staging) await adoptObjects(objectsDir, staging, objects);
        if (closed) throw fail('cancelled', { what: action });
        const changes: Change[] = [];
        const dropped: string[] = [];
        const result = inTransaction(db, dir, () => {
          const transaction = createTransaction(db, changes, dropped);
          transaction.adopt(objects);
          const value = work(transaction);
          if (changes.length) appendJournal(db, { at: clock.now(), actor, action, changes });
          durableStep('commit', databaseName);
          refuseGone();
          return value;
        });
        if (changes.length) writeHead(dir, journalHead(db));
        await removeObjects(objectsDir, dropped);
        const tables = [...new Set(changes.map(({ table }) => table))];
        if (tables.length) onChange(tables);
        return result;
      }),
    close() {
      closed = true;
      db.close();
      if (!('holder' in lock)) lock.release();
    },
  };
}

/** Which file the database is, whatever its name says; undefined when there is none. */
function identityOf(dir: string): string | undefined {
  const stats = statSync(join(dir, databaseName), { bigint: true, throwIfNoEntry: false });
  return stats && `${stats.dev}:${stats.ino}`;
}

/** A transaction whose failure, if the disk is at fault, says so in words. */
function inTransaction<T>(db: Db, dir: string, work: () => T): T {
  try {
    return db.transaction(work);
  } catch (error) {
    throw asFailure(databaseFailure(error, dir), dir);
  }
}
