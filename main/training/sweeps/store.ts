import * as z from 'zod';
import { fail } from '../../../preload/contract/errors.ts';
import type { Sweep, SweepStatus, Trial } from '../../../preload/contract/sweeps.ts';
import type { JobQueue } from '../../jobs/index.ts';
import type { Db, Row } from '../../platform/database/index.ts';
import { rank } from './leaderboard.ts';
import { SweepPlan } from './plan.ts';

/** A sweep as it stands in the database. */
export interface SweepRow extends Row {
  id: string;
  name: string;
  status: string;
  dataset: string;
  version: number;
  snapshot: string;
  /** JSON SweepPlan. */
  plan: string;
  code: string;
  created: string;
  finished: string | null;
  actor: string;
  job: string | null;
  /** JSON string[]. */
  notes: string;
  /** Why it was interrupted, in words. */
  error: string | null;
}

/** A trial as it stands in the database, entered when it has ended. */
export interface TrialRow extends Row {
  sweep: string;
  /** From 0. */
  trial: number;
  family: string;
  /** JSON object. */
  params: string;
  /** Hash of its recipe. */
  recipe: string;
  run: string;
  /** null: it failed. */
  score: number | null;
  /** JSON number[], one per fold. */
  scores: string;
  /** Seconds of work. */
  seconds: number;
  /** Working time of the whole sweep when it was entered, in seconds. */
  elapsed: number;
  /** Energy of the whole sweep when it was entered; null where it is not measured. */
  joules: number | null;
}

/** The row of a sweep, by name or id. */
export function sweepRow(db: Db, name: string): SweepRow {
  const row = db.get<SweepRow>('SELECT * FROM sweeps WHERE name = ? OR id = ?', name, name);
  if (row) return row;
  const known = db.all<{ name: string }>('SELECT name FROM sweeps ORDER BY created DESC, rowid DESC');
  throw fail('sweep-not-found', { sweep: name, known: known.map((one) => one.name) });
}

export function planOf(row: SweepRow): SweepPlan {
  return SweepPlan.parse(JSON.parse(row.plan));
}

export function trialRows(db: Db, sweep: string): TrialRow[] {
  return db.all<TrialRow>('SELECT * FROM trials WHERE sweep = ? ORDER BY trial', sweep);
}

export const TrialParams = z.record(z.string(), z.json());

export function listSweeps(db: Db, jobs: JobQueue): Sweep[] {
  return db
    .all<SweepRow>('SELECT * FROM sweeps ORDER BY created DESC, rowid DESC')
    .map((row) => describeSweep(db, row, jobs));
}

export function describeSweep(db: Db, row: SweepRow, jobs: JobQueue): Sweep {
  const plan = planOf(row);
  const rows = trialRows(db, row.id);
  const trials = describeTrials(db, rows);
  const [best] = rank(trials, rows, plan.direction);
  return {
    id: row.id,
    name: row.name,
    status: statusOf(row, jobs),
    dataset: row.dataset,
    version: row.version,
    target: plan.target,
    task: plan.task,
    metric: plan.metric,
    direction: plan.direction,
    search: plan.search,
    seed: plan.seed,
    families: plan.spaces.map(({ family }) => family),
    budget: plan.budget,
    spent: spentOf(rows),
    best: best?.score === null ? null : (best ?? null),
    created: row.created,
    finished: row.finished,
    by: row.actor,
    job: row.job,
    notes: z.array(z.string()).parse(JSON.parse(row.notes)),
    error: row.error,
  };
}

/** What the trials that were entered have used up. */
export function spentOf(rows: readonly TrialRow[]): Sweep['spent'] {
  const measured = rows.flatMap(({ joules }) => (joules === null ? [] : [joules]));
  return {
    trials: rows.length,
    failed: rows.filter(({ score }) => score === null).length,
    seconds: Math.max(0, ...rows.map(({ elapsed }) => elapsed)),
    joules: measured.length ? Math.max(...measured) : null,
  };
}

/** A sweep whose job has ended without saying so (its last words did not fit on the disk) is not running. */
export function statusOf({ status, job }: SweepRow, jobs: JobQueue): SweepStatus {
  if (status !== 'running' || job === null) return status as SweepStatus;
  try {
    return jobs.show(job).job.finished === null ? 'running' : 'interrupted';
  } catch {
    return 'interrupted';
  }
}

export function describeTrials(db: Db, rows: readonly TrialRow[]): Trial[] {
  const failed = new Map(
    rows
      .filter(({ score }) => score === null)
      .map(({ run }) => [run, db.get<{ error: string | null }>('SELECT error FROM runs WHERE id = ?', run)]),
  );
  return rows.map((row) => ({
    trial: row.trial + 1,
    run: row.run,
    family: row.family,
    params: TrialParams.parse(JSON.parse(row.params)),
    score: row.score,
    scores: z.array(z.number()).parse(JSON.parse(row.scores)),
    seconds: row.seconds,
    error: row.score === null ? errorWords(failed.get(row.run)?.error ?? null) : null,
  }));
}

function errorWords(error: string | null): string {
  const message: unknown = error === null ? undefined : (JSON.parse(error) as { message?: unknown }).message;
  return typeof message === 'string' ? message : 'its metric is not defined on the validation rows';
}
