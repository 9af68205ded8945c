import { existsSync, realpathSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fail } from '../../preload/contract/errors.ts';
import { readOnlyFolder } from '../../preload/contract/workspaces.ts';
import {
  openDatabase,
  sqliteCode,
  takeLock,
  type Db,
  type Held,
  type Lock,
} from '../platform/database/index.ts';
import { asFailure, durableStep, makeFolder, syncFolder, systemCode } from '../platform/files/index.ts';
import { createId } from '../platform/random.ts';
import { databaseFailure, databaseName } from './database-failure.ts';
import { appendJournal, type Change } from './journal.ts';
import { applicationId, migrations } from './migrations.ts';
import { migrate } from './migrate.ts';
import { openToRead } from './open-to-read.ts';
import { recover } from './recover.ts';
import { createTransaction } from './transaction.ts';
import { assemble, type OpenContext, type Workspace } from './workspace.ts';

/** What a double click in the folder opens. Only that it is there counts; a workspace without it is none the less one. */
const doorName = 'workspace.holdfast';
const door = 'This folder is a Holdfast workspace. Open this file with Holdfast to open it.\n';

export async function createWorkspace(
  path: string,
  name: string | undefined,
  context: OpenContext,
): Promise<Workspace> {
  const dir = resolve(path);
  await takeFolder(dir);
  const lock = lockOrRefuse(dir, context.holder);
  if ('holder' in lock) {
    if (existsSync(join(dir, databaseName))) throw fail('workspace-exists', { dir });
    throw fail('workspace-locked', { dir, holder: lock.holder });
  }
  let db: Db | undefined;
  try {
    db = openDatabase(join(dir, databaseName));
    // A database without any table was left by a stop right here: it is taken over.
    if (db.get('SELECT 1 FROM sqlite_schema')) throw fail('workspace-exists', { dir });
    await mkdir(join(dir, 'objects'), { recursive: true });
    await writeFile(join(dir, doorName), door);
    firstRecord(db, name ?? basename(dir), context);
    await syncFolder(dir);
    return assemble(dir, db, lock, context);
  } catch (error) {
    db?.close();
    lock.release();
    if (sqliteCode(error) === 'SQLITE_NOTADB') throw fail('workspace-exists', { dir }, error);
    throw asFailure(databaseFailure(error, dir), dir);
  }
}

/** New, empty, or left by a creation that was cut off. */
async function takeFolder(dir: string): Promise<void> {
  try {
    await makeFolder(dir);
    for (const entry of await readdir(dir)) {
      if (entry.startsWith('workspace.')) continue;
      if (entry === 'objects' && (await readdir(join(dir, entry))).length === 0) continue;
      if (existsSync(join(dir, databaseName))) throw fail('workspace-exists', { dir });
      throw fail('workspace-folder-not-empty', { dir, example: entry });
    }
  } catch (error) {
    throw asFailure(error, dir);
  }
}

/** The format and the first record, in one transaction. */
function firstRecord(db: Db, name: string, { clock, actor }: OpenContext): void {
  db.transaction(() => {
    migrate(db, 0);
    const changes: Change[] = [];
    const transaction = createTransaction(db, changes);
    transaction.put('meta', { key: 'id', value: createId('ws') });
    transaction.put('meta', { key: 'name', value: name });
    transaction.put('meta', { key: 'created', value: clock.now() });
    appendJournal(db, { at: clock.now(), actor, action: 'workspaces.create', changes });
    durableStep('commit', databaseName);
  });
}

export async function openWorkspace(path: string, context: OpenContext): Promise<Workspace> {
  const dir = resolve(path);
  if (!existsSync(join(dir, databaseName))) throw fail('workspace-not-open', { tried: dir });
  const lock = lockOrRefuse(dir, context.holder);
  const writable = !('holder' in lock);
  let db: Db | undefined;
  try {
    const opened = writable ? openDatabase(join(dir, databaseName)) : openToRead(dir);
    db = opened;
    const format = readFormat(opened, dir);
    if (format < migrations.length) {
      if (!writable) throw fail('workspace-locked', { dir, holder: lock.holder });
      opened.transaction(() => migrate(opened, format));
    }
    const workspace = assemble(dir, opened, lock, context);
    if (writable) await recover(workspace, context);
    return workspace;
  } catch (error) {
    db?.close();
    if (writable) lock.release();
    const failure = asFailure(databaseFailure(error, dir), dir);
    // Tables or columns that are not there, and the like: SQLite can read it, but it is no longer what was written.
    if (sqliteCode(failure) !== undefined) throw damaged(dir, `${databaseName}: ${String(error)}`, error);
    throw failure;
  }
}

function lockOrRefuse(dir: string, holder: string): Lock | Held {
  try {
    // By the folder's one true name: SQLite can't tell two names of a lock apart in one process.
    return takeLock(join(realpathSync(dir), 'workspace.lock'), holder);
  } catch (error) {
    const code = sqliteCode(error) ?? systemCode(error) ?? '';
    if (/^(SQLITE_READONLY|SQLITE_CANTOPEN|EACCES|EPERM|EROFS)/.test(code)) return { holder: readOnlyFolder };
    if (code.startsWith('SQLITE_IOERR'))
      throw fail(
        'workspace-not-movable',
        { dir, reason: `its file system can't lock files (${code})` },
        error,
      );
    throw asFailure(databaseFailure(error, dir), dir);
  }
}

function readFormat(db: Db, dir: string): number {
  const id = db.get<{ application_id: number }>('PRAGMA application_id')?.application_id;
  const format = db.get<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0;
  if (id !== applicationId)
    throw damaged(dir, `${databaseName} was not made by Holdfast, or its head is damaged`);
  if (format > migrations.length)
    throw fail('workspace-too-new', { dir, version: format, known: migrations.length });
  if (format < 1) throw damaged(dir, `the head of ${databaseName} says format ${format}`);
  return format;
}

function damaged(dir: string, what: string, cause?: unknown) {
  return fail('workspace-damaged', { dir, what }, cause);
}
