import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { fail } from '../../../preload/contract/errors.ts';
import { byStep, type ForeignHistory, type ForeignRun, type MetricPoint } from './foreign-run.ts';

const Experiment = z.object({ name: z.string(), lifecycle_stage: z.string().default('active') });
const Run = z.object({
  run_id: z.string().optional(),
  run_uuid: z.string().optional(),
  run_name: z.string().nullish(),
  /** A number in files; words in those of some other writers. */
  status: z.union([z.int(), z.string()]),
  start_time: z.number(),
  end_time: z.number().nullish(),
  user_id: z.string().nullish(),
  lifecycle_stage: z.string().default('active'),
});

/** MLflow's RunStatus (service.proto). */
const statuses: Readonly<Record<number, string>> = {
  1: 'RUNNING',
  2: 'SCHEDULED',
  3: 'FINISHED',
  4: 'FAILED',
  5: 'KILLED',
};

/** Reads the folder store of MLflow (`mlruns/`). Links in it are not followed. */
export function openMlflowFolder(path: string): ForeignHistory {
  let deleted = 0;
  return {
    runs: readExperiments(path, (count) => (deleted += count)),
    deleted: () => deleted,
    close: () => undefined,
  };
}

async function* readExperiments(
  path: string,
  onDeleted: (count: number) => void,
): AsyncGenerator<ForeignRun> {
  let found = 0;
  for (const folder of await foldersOf(path)) {
    const text = await textOf(join(path, folder, 'meta.yaml'));
    if (text === undefined) continue;
    found += 1;
    const experiment = described(Experiment, text, join(path, folder, 'meta.yaml'));
    for (const id of await foldersOf(join(path, folder))) {
      const where = join(path, folder, id);
      const meta = await textOf(join(where, 'meta.yaml'));
      // Folders of other things (models, traces, datasets) stand beside those of runs.
      if (meta === undefined || !/^(run_id|run_uuid):/m.test(meta)) continue;
      const run = described(Run, meta, join(where, 'meta.yaml'));
      if (run.lifecycle_stage === 'deleted' || experiment.lifecycle_stage === 'deleted') onDeleted(1);
      else yield await readRun(where, run, experiment.name);
    }
  }
  if (found === 0)
    throw fail('runs-history-unknown', { path, reason: 'no folder in it has a meta.yaml of an experiment' });
}

async function readRun(where: string, run: z.infer<typeof Run>, experiment: string): Promise<ForeignRun> {
  const tags = await valuesBelow(join(where, 'tags'));
  const metrics: [string, MetricPoint[]][] = [];
  for (const [key, text] of Object.entries(await valuesBelow(join(where, 'metrics'))))
    metrics.push([key, pointsOf(text, join(where, 'metrics', key))]);
  return {
    id: run.run_id ?? run.run_uuid ?? '',
    experiment,
    name: run.run_name || (tags['mlflow.runName'] ?? ''),
    status: typeof run.status === 'number' ? (statuses[run.status] ?? String(run.status)) : run.status,
    started: run.start_time,
    ended: run.end_time ?? null,
    user: run.user_id || (tags['mlflow.user'] ?? ''),
    params: await valuesBelow(join(where, 'params')),
    metrics: Object.fromEntries(metrics),
    tags,
  };
}

/** `1767225600000 12.5 0`, a line a value: moment, value, step (old files have none). */
function pointsOf(text: string, path: string): MetricPoint[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, i): MetricPoint => {
      const [at = '', value = '', step = '0'] = line.trim().split(/\s+/);
      const point: MetricPoint = [Number(step), Number(at), numberOf(value)];
      const sound = Number.isFinite(point[0]) && Number.isFinite(point[1]);
      if (!sound || (Number.isNaN(point[2]) && !/^[+-]?nan$/i.test(value)))
        throw fail('file-damaged', {
          path,
          format: 'MLflow',
          reason: `line ${i + 1}: expected MOMENT VALUE STEP, got "${line.slice(0, 80)}"`,
        });
      return point;
    })
    .toSorted(byStep);
}

/** As Python writes floats. */
function numberOf(text: string): number {
  const infinite = /^([+-]?)inf(inity)?$/i.exec(text);
  if (infinite) return infinite[1] === '-' ? -Infinity : Infinity;
  return text === '' ? Number.NaN : Number(text);
}

/** Files below a folder by their names; a name with slashes is a file in folders. */
async function valuesBelow(folder: string, prefix = ''): Promise<Record<string, string>> {
  const values: [string, string][] = [];
  for (const entry of await entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      values.push(...Object.entries(await valuesBelow(path, `${prefix}${entry.name}/`)));
    else if (entry.isFile()) values.push([`${prefix}${entry.name}`, (await textOf(path)) ?? '']);
  }
  return Object.fromEntries(values.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

async function foldersOf(path: string): Promise<string[]> {
  return (await entriesOf(path))
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .toSorted();
}

async function entriesOf(path: string) {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

/** Undefined where there is no such file, or something that is not a file stands there. */
async function textOf(path: string): Promise<string | undefined> {
  try {
    if (!(await lstat(path)).isFile()) return undefined;
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(String(Object(error).code));
}

function described<Schema extends z.ZodType>(schema: Schema, text: string, path: string): z.output<Schema> {
  try {
    return schema.parse(parse(text));
  } catch (error) {
    const reason =
      error instanceof z.ZodError
        ? error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')
        : error instanceof Error
          ? error.message
          : String(error);
    throw fail('file-damaged', { path, format: 'MLflow', reason }, error);
  }
}
