import { Job } from '../../preload/contract/jobs.ts';
import * as z from 'zod';
import type { Db } from '../platform/database/index.ts';
import { jsonWithoutFolders } from './without-folders.ts';

/** Jobs in the workspace's database: states, not facts, so outside the journal. Kept without the folders their words name. */
export interface JobStore {
  save(job: Job, log: readonly string[], result: unknown): void;
  list(limit: number): Job[];
  load(id: string): { job: Job; log: string[]; result: Record<string, unknown> | null } | undefined;
  /** Marks what a dead host left behind. */
  interruptUnfinished(at: string): void;
  /** Removes jobs for good. */
  forget(ids: readonly string[]): void;
  /** Drops all but the newest, so that a workspace does not grow with what nobody looks at any more. */
  prune(): void;
}

const kept = 1000;

interface JobRow {
  body: string;
  log: string;
  result: string;
}

export function createJobStore(db: Db): JobStore {
  return {
    save(job, log, result) {
      db.run(
        `INSERT INTO jobs (id, created, status, body, log, result) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET status = excluded.status, body = excluded.body, log = excluded.log, result = excluded.result`,
        job.id,
        job.created,
        job.status,
        jsonWithoutFolders(job),
        jsonWithoutFolders(log),
        jsonWithoutFolders(result ?? null),
      );
    },
    list: (limit) =>
      db
        .all<JobRow>('SELECT body FROM jobs ORDER BY created DESC, rowid DESC LIMIT ?', limit)
        .flatMap((row) => readJob(row.body) ?? []),
    load(id) {
      const row = db.get<JobRow>('SELECT body, log, result FROM jobs WHERE id = ?', id);
      const job = row && readJob(row.body);
      if (!job) return undefined;
      return {
        job,
        log: read(z.array(z.string()), row.log) ?? [],
        result: read(z.record(z.string(), z.unknown()), row.result) ?? null,
      };
    },
    interruptUnfinished(at) {
      const rows = db.all<JobRow & { id: string }>(
        `SELECT id, body FROM jobs WHERE status IN ('queued', 'running')`,
      );
      for (const row of rows) {
        const job = readJob(row.body);
        const body: Job | undefined = job && {
          ...job,
          status: 'interrupted',
          finished: at,
          message: 'Holdfast ended while this ran; nothing of it was kept',
        };
        db.run(
          `UPDATE jobs SET status = 'interrupted', body = ? WHERE id = ?`,
          body ? JSON.stringify(body) : row.body,
          row.id,
        );
      }
    },
    forget(ids) {
      for (const id of ids) db.run('DELETE FROM jobs WHERE id = ?', id);
    },
    prune: () =>
      void db.run(
        'DELETE FROM jobs WHERE rowid NOT IN (SELECT rowid FROM jobs ORDER BY created DESC, rowid DESC LIMIT ?)',
        kept,
      ),
  };
}

/** Jobs are not in the journal: a damaged one is left out, and takes nothing else with it. */
function readJob(body: string): Job | undefined {
  return read(Job, body);
}

function read<T>(schema: z.ZodType<T>, text: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
