import { join } from 'node:path';
import { fail } from '../../preload/contract/errors.ts';
import { sqliteCode } from '../platform/database/index.ts';

export const databaseName = 'workspace.sqlite';

/** What SQLite refuses, in words; anything else unchanged. */
export function databaseFailure(error: unknown, dir: string): unknown {
  const code = sqliteCode(error);
  if (code === undefined) return error;
  const reason = error instanceof Error ? `${error.message} (${code})` : code;
  const path = join(dir, databaseName);
  if (code === 'SQLITE_FULL') return fail('disk-full', { path: dir }, error);
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB')
    return fail('workspace-damaged', { dir, what: `${databaseName} is not a whole SQLite database` }, error);
  if (code.startsWith('SQLITE_READONLY')) return fail('not-writable', { path, reason }, error);
  if (code.startsWith('SQLITE_IOERR') || code.startsWith('SQLITE_CANTOPEN') || code === 'SQLITE_PERM')
    return fail('file-unreadable', { path, reason }, error);
  if (code.startsWith('SQLITE_BUSY'))
    return fail('workspace-locked', { dir, holder: 'another process' }, error);
  return error;
}
