import type { Problem } from '../../preload/contract/workspaces.ts';
import { databaseName } from './database-failure.ts';

export function problem(code: string, what: string, message: string, affects: string[] = []): Problem {
  return { code, what, message, affects };
}

/** What SQLite itself can't read is a finding, not the end of the search. */
export function unreadable(error: unknown, where = databaseName): Problem {
  const words = error instanceof Error ? error.message : String(error);
  return problem('database-damaged', where, `${where}: ${words}`);
}
