import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../../../preload/contract/errors.ts';
import type { RunStatus } from '../../../preload/contract/training.ts';
import type { TaskContext } from '../../jobs/index.ts';
import { sha256 } from '../../platform/files/index.ts';
import type { ForeignHistory, ForeignRun } from './foreign-run.ts';
import { openMlflowDatabase } from './mlflow-database.ts';
import { openMlflowFolder } from './mlflow-folder.ts';

export interface ReadHistoryInput {
  readonly path: string;
  /** What the workspace has of it: digest by run. */
  readonly known: Readonly<Record<string, string>>;
}

/** A run as it is to be recorded. */
export interface ReadRun {
  readonly id: string;
  readonly experiment: string;
  readonly name: string;
  readonly status: RunStatus;
  readonly created: string;
  readonly finished: string | null;
  readonly duration: number | null;
  readonly user: string;
  /** JSON */
  readonly params: string;
  readonly metrics: string;
  readonly tags: string;
  readonly note: string | null;
  /** Object with the values of all steps; null where every metric has one value. */
  readonly history: string | null;
  readonly digest: string;
}

export interface ReadHistoryResult {
  /** New ones, and those that have changed since. */
  readonly runs: readonly ReadRun[];
  readonly unchanged: number;
  readonly deleted: number;
  /** Last values of metrics that are no finite numbers. */
  readonly notFinite: number;
  readonly experiments: readonly { readonly name: string; readonly runs: number }[];
}

/** A run that MLflow says is running may be one that was killed: nothing tells them apart. */
const statuses: Readonly<Record<string, RunStatus>> = {
  FINISHED: 'done',
  FAILED: 'failed',
  KILLED: 'cancelled',
  RUNNING: 'interrupted',
  SCHEDULED: 'interrupted',
};

/** Histories of many runs stand together in objects of about this many values. */
const packValues = 50_000;

/** Reads the runs of an `mlflow.db` or an `mlruns` folder. */
export async function readHistory(
  { path, known }: ReadHistoryInput,
  { writer, staging, signal, progress }: TaskContext,
): Promise<ReadHistoryResult> {
  const history = await openHistory(path, staging);
  const read: { run: ForeignRun; digest: string }[] = [];
  const packed = new Map<string, string>();
  const experiments = new Map<string, number>();
  let pack: Record<string, ForeignRun['metrics']> = {};
  let values = 0;
  let unchanged = 0;
  let notFinite = 0;
  const flush = async (): Promise<void> => {
    const ids = Object.keys(pack);
    if (!ids.length) return;
    const digest = await writer.put(
      'imported-history',
      new TextEncoder().encode(JSON.stringify(toJson(pack))),
    );
    for (const id of ids) packed.set(id, digest);
    pack = {};
    values = 0;
  };
  try {
    for await (const run of history.runs) {
      signal.throwIfAborted();
      checkRun(run, path);
      experiments.set(run.experiment, (experiments.get(run.experiment) ?? 0) + 1);
      const digest = sha256(JSON.stringify({ ...run, metrics: toJson(run.metrics) }));
      const series = Object.values(run.metrics);
      notFinite += series.filter((points) => !Number.isFinite(points.at(-1)?.[2])).length;
      if (known[run.id] === digest) {
        unchanged += 1;
        continue;
      }
      read.push({ run, digest });
      if (series.some((points) => points.length > 1)) {
        pack[run.id] = run.metrics;
        values += series.reduce((sum, points) => sum + points.length, 0);
        if (values >= packValues) await flush();
      }
      if (read.length % 100 === 0) progress(0.5, `${read.length} runs read`);
    }
    await flush();
  } finally {
    history.close();
  }
  return {
    runs: read.map(({ run, digest }) => recordOf(run, digest, packed.get(run.id) ?? null)),
    unchanged,
    deleted: history.deleted(),
    notFinite,
    experiments: [...experiments].map(([name, runs]) => ({ name, runs })),
  };
}

async function openHistory(path: string, staging: string): Promise<ForeignHistory> {
  const facts = await stat(path).catch((error: unknown) => {
    if (['ENOENT', 'ENOTDIR'].includes(String(Object(error).code)))
      throw fail('file-not-found', { path }, error);
    throw fail(
      'file-unreadable',
      { path, reason: error instanceof Error ? error.message : String(error) },
      error,
    );
  });
  if (!facts.isDirectory()) return openMlflowDatabase(path, staging);
  // The folder that holds `mlruns`, or one with a database in it, will do as well.
  for (const [name, open] of [
    ['mlflow.db', (file: string) => openMlflowDatabase(file, staging)],
    ['mlruns', openMlflowFolder],
  ] as const) {
    const inside = join(path, name);
    if (await stat(inside).then(() => true, () => false)) return open(inside); // prettier-ignore
  }
  return openMlflowFolder(path);
}

function checkRun({ id, started }: ForeignRun, path: string): void {
  if (!/^[0-9a-f]{32}$/.test(id))
    throw fail('file-damaged', {
      path,
      format: 'MLflow',
      reason: `a run is called "${id.slice(0, 80)}", expected 32 hex digits`,
    });
  if (!isMoment(started))
    throw fail('file-damaged', {
      path,
      format: 'MLflow',
      reason: `run ${id} has no moment at which it started`,
    });
}

function isMoment(at: number): boolean {
  return Number.isFinite(at) && Math.abs(at) <= 8.64e15;
}

function recordOf(run: ForeignRun, digest: string, history: string | null): ReadRun {
  const { id, experiment, name, started, ended } = run;
  const finished = ended !== null && isMoment(ended) ? ended : null;
  return {
    id,
    experiment,
    name,
    status: statuses[run.status] ?? 'interrupted',
    created: new Date(started).toISOString(),
    finished: finished === null ? null : new Date(finished).toISOString(),
    duration: finished === null ? null : Math.max(0, finished - started) / 1000,
    user: run.user || 'unknown',
    params: JSON.stringify(run.params),
    metrics: JSON.stringify(
      Object.fromEntries(
        Object.entries(run.metrics).map(([key, points]) => [key, finite(points.at(-1)?.[2])]),
      ),
    ),
    tags: JSON.stringify({ ...run.tags, 'mlflow.status': run.status }),
    note: run.tags['mlflow.note.content'] ?? null,
    history,
    digest,
  };
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

/** Values that JSON has no numbers for are texts: `NaN`, `Infinity`, `-Infinity`. */
function toJson(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, toJson(one)]));
}
