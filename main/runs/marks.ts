import { fail } from '../../preload/contract/errors.ts';
import type { RunMarks } from '../../preload/contract/runs.ts';
import type { Db } from '../platform/database/index.ts';
import { readEntries } from './read-entries.ts';

/** Tags and note of a run, its own ones from another tool not among them. */
export function marksOf(db: Db, run: string): RunMarks {
  requireRun(db, run);
  const row = db.get<{ tags: string; note: string | null; at: string; actor: string }>(
    'SELECT tags, note, at, actor FROM run_marks WHERE run = ?',
    run,
  );
  return {
    run,
    tags: row ? (JSON.parse(row.tags) as string[]) : [],
    note: row?.note ?? null,
    at: row?.at ?? null,
    by: row?.actor ?? null,
  };
}

export function requireRun(db: Db, run: string): void {
  const { byId, all } = readEntries(db);
  if (!byId.has(run)) throw fail('run-not-found', { run, known: all.slice(0, 5).map(({ id }) => id) });
}
