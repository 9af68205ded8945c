import { fail } from '../../preload/contract/errors.ts';
import type { Engine, Task } from '../../preload/contract/common.ts';
import type { Run, RunMetrics } from '../../preload/contract/training.ts';
import { looksBefore } from './holdout/looks.ts';
import { deletionOf } from '../datasets/index.ts';
import type { Db, Row } from '../platform/database/index.ts';
import type * as z from 'zod';

/** A run as it stands in the database; columns that name objects hold their digests. */
export interface RunRow extends Row {
  id: string;
  status: string;
  dataset: string;
  version: number;
  snapshot: string;
  target: string;
  task: string;
  family: string;
  recipe: string;
  seed: number;
  code: string;
  created: string;
  finished: string | null;
  duration: number | null;
  actor: string;
  job: string | null;
  /** JSON Engine. */
  engine: string | null;
  /** JSON RunMetrics. */
  metrics: string | null;
  /** JSON string[]. */
  notes: string;
  /** JSON FailureJson. */
  error: string | null;
  /** kind `split` */
  split: string | null;
  /** kind `pipeline`: the fitted steps. */
  pipeline: string | null;
  /** kind `model`: safetensors. */
  model: string | null;
  /** kind `evaluation`: JSON. */
  evaluation: string | null;
  /** kind `history`: JSON HistoryPoint[]. */
  history: string | null;
  /** kind `golden`: JSON, ten rows of raw input with expected predictions. */
  golden: string | null;
  /** Snapshot manifest, for reaching every block; null when the data is not here (pulled without data). */
  manifest: string | null;
  /** Where it was pulled from; null when trained here. */
  origin: string | null;
}

/** The row of a run, by its id. */
export function runRow(db: Db, id: string): RunRow {
  const row = db.get<RunRow>('SELECT * FROM runs WHERE id = ?', id);
  if (row) return row;
  const known = db
    .all<{ id: string }>('SELECT id FROM runs ORDER BY created DESC, rowid DESC LIMIT 5')
    .map((run) => run.id);
  throw fail('run-not-found', { run: id, known });
}

/** The row of a run that has a model. */
export function finishedRunRow(db: Db, id: string): RunRow {
  const row = runRow(db, id);
  if (row.status !== 'done') throw fail('run-not-finished', { run: id, status: row.status });
  return row;
}

export function loadRun(db: Db, id: string): Run {
  return describeRun(db, runRow(db, id));
}

export function listRuns(db: Db, limit: number): Run[] {
  return db
    .all<RunRow>('SELECT * FROM runs ORDER BY created DESC, rowid DESC LIMIT ?', limit)
    .map((row) => describeRun(db, row));
}

/** Whether a finished run was trained with its test rows sealed, and they were not opened for it. */
export function isSealed({ status, metrics }: RunRow): boolean {
  const test = parse<z.infer<typeof RunMetrics>>(metrics)?.test ?? {};
  return status === 'done' && metrics !== null && Object.keys(test).length === 0;
}

export function describeRun(db: Db, row: RunRow): Run {
  const metrics = parse<z.infer<typeof RunMetrics>>(row.metrics);
  return {
    id: row.id,
    status: row.status as Run['status'],
    dataset: row.dataset,
    version: row.version,
    snapshot: row.snapshot,
    dataDeleted: deletionOf(db, row.snapshot) ?? null,
    trainedOnErased: erasedSources(db, row.id),
    target: row.target,
    task: row.task as Task,
    family: row.family,
    recipe: row.recipe,
    seed: row.seed,
    engine: parse<Engine>(row.engine),
    code: row.code,
    created: row.created,
    finished: row.finished,
    duration: row.duration,
    by: row.actor,
    job: row.job,
    metrics,
    notes: parse<string[]>(row.notes) ?? [],
    error: parse<NonNullable<Run['error']>>(row.error),
    reproduced: latestReproduction(db, row.id),
    looks: metrics?.looks ?? looksBefore(db).get(row.id) ?? 0,
    sealed: isSealed(row),
    models: db
      .all<{ name: string }>(
        `SELECT model || '@' || version AS name FROM model_versions WHERE run = ? ORDER BY model, version`,
        row.id,
      )
      .map(({ name }) => name),
  };
}

export function latestReproduction(db: Db, run: string): Run['reproduced'] {
  const verdict = db.get<{ outcome: string }>(
    `SELECT outcome FROM verdicts WHERE subject = ? AND kind = 'reproduce' ORDER BY at DESC, rowid DESC LIMIT 1`,
    run,
  );
  return (verdict?.outcome ?? null) as Run['reproduced'];
}

function parse<T>(text: string | null): T | null {
  return text === null ? null : (JSON.parse(text) as T);
}

/** Persons whose rows a run learned from, and who were erased since while its model was kept. */
function erasedSources(db: Db, run: string): Run['trainedOnErased'] {
  const rows = db.all<{ at: string; actor: string }>(
    'SELECT at, actor FROM erased_sources WHERE run = ? ORDER BY at DESC',
    run,
  );
  const [latest] = rows;
  return latest ? { at: latest.at, by: latest.actor, persons: rows.length } : null;
}
