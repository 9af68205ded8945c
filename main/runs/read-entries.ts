import type { RunCell, RunOrigin } from '../../preload/contract/runs.ts';
import type { RunMetrics, RunStatus } from '../../preload/contract/training.ts';
import type { Db } from '../platform/database/index.ts';
import { memberName, type ResolvedRecipe } from '../recipes/index.ts';
import { looksBefore } from '../training/index.ts';
import { flatten } from './flatten.ts';

/** A run among many: its facts at once, its metrics and its recipe as cells when first asked for. */
export interface RunEntry {
  readonly id: string;
  readonly origin: RunOrigin;
  readonly status: RunStatus;
  readonly job: string | null;
  readonly models: readonly string[];
  readonly tags: readonly string[];
  readonly facts: Readonly<Record<string, RunCell>>;
  /** JSON, as it stands in the database. */
  readonly metricsText: string | null;
  /** `test.r2` of a run of Holdfast; `metric.loss` of one read from another tool. */
  readonly metrics: () => ReadonlyMap<string, RunCell>;
  /** `params.alpha`, `steps[0].method`, `split.train`. */
  readonly recipe: () => ReadonlyMap<string, RunCell>;
}

interface HereRow {
  readonly id: string;
  readonly status: RunStatus;
  readonly dataset: string;
  readonly version: number;
  readonly snapshot: string;
  readonly target: string;
  readonly task: string;
  readonly family: string;
  readonly recipe: string;
  readonly seed: number;
  readonly code: string;
  readonly created: string;
  readonly duration: number | null;
  readonly actor: string;
  readonly job: string | null;
  readonly engine: string | null;
  readonly metrics: string | null;
  readonly split: string | null;
  readonly origin: string | null;
}

interface ImportedRow {
  readonly id: string;
  readonly tool: string;
  readonly experiment: string;
  readonly name: string;
  readonly status: RunStatus;
  readonly created: string;
  readonly duration: number | null;
  readonly actor: string;
  readonly params: string;
  readonly metrics: string;
  readonly tags: string;
  readonly note: string | null;
}

export interface Entries {
  /** The journal's last record when they were read: nothing changes without one more. */
  readonly head: number;
  /** Newest first. */
  readonly all: readonly RunEntry[];
  readonly byId: ReadonlyMap<string, RunEntry>;
}

const kept = new WeakMap<Db, Entries>();
/** Recipes never change: their hash is their name. */
const recipes = new WeakMap<Db, Map<string, ReadonlyMap<string, RunCell>>>();

/** All runs, read again only when the journal has grown; what was parsed of a run stays parsed. */
export function readEntries(db: Db): Entries {
  const head = db.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM journal')?.seq ?? 0;
  const before = kept.get(db);
  if (before?.head === head) return before;
  const marks = new Map(
    db
      .all<{ run: string; tags: string; note: string | null }>('SELECT run, tags, note FROM run_marks')
      .map((row) => [row.run, { tags: JSON.parse(row.tags) as string[], note: row.note }]),
  );
  const all = [...readHere(db, marks, before), ...readImported(db, marks, before)];
  // Both are newest first already; where there is one kind alone, nothing is moved.
  all.sort((a, b) => compareText(String(b.facts['created']), String(a.facts['created'])));
  const entries = { head, all, byId: new Map(all.map((entry) => [entry.id, entry])) };
  kept.set(db, entries);
  return entries;
}

type Marks = ReadonlyMap<string, { tags: readonly string[]; note: string | null }>;

function readHere(db: Db, marks: Marks, before: Entries | undefined): RunEntry[] {
  const models = new Map<string, string[]>();
  for (const { run, name } of db.all<{ run: string; name: string }>(
    `SELECT run, model || '@' || version AS name FROM model_versions ORDER BY model, version`,
  ))
    models.set(run, [...(models.get(run) ?? []), name]);
  const verdicts = new Map(
    db
      .all<{ subject: string; outcome: string }>(
        `SELECT subject, outcome FROM verdicts WHERE kind = 'reproduce' ORDER BY at, rowid`,
      )
      .map(({ subject, outcome }) => [subject, outcome]),
  );
  const looks = looksBefore(db);
  return db
    .all<HereRow>(
      `SELECT id, status, dataset, version, snapshot, target, task, family, recipe, seed, code, created, duration, actor, job, engine,
       metrics, split, origin FROM runs ORDER BY created DESC, rowid DESC`,
    )
    .map((row): RunEntry => {
      const mark = marks.get(row.id);
      const versions = models.get(row.id) ?? [];
      const tags = mark?.tags ?? [];
      const origin: RunOrigin = row.origin === null ? 'here' : 'pulled';
      return {
        id: row.id,
        origin,
        status: row.status,
        job: row.job,
        models: versions,
        tags,
        facts: {
          run: row.id,
          status: row.status,
          family: row.family,
          target: row.target,
          task: row.task,
          data: `${row.dataset}@${row.version}`,
          dataset: row.dataset,
          snapshot: row.snapshot,
          rows: row.split,
          looks: looks.get(row.id) ?? null,
          seed: row.seed,
          engine: row.engine,
          code: row.code,
          created: row.created,
          took: row.duration,
          by: row.actor,
          reproduced: verdicts.get(row.id) ?? null,
          models: versions.join(', ') || null,
          tags: tags.join(', ') || null,
          note: mark?.note ?? null,
          origin,
          experiment: null,
          name: null,
          recipe: row.recipe,
        },
        metricsText: row.metrics,
        metrics: metricsOf(row.id, row.metrics, flattenMetrics, before),
        recipe: () => recipeOf(db, row.recipe),
      };
    });
}

/** With folds, their deviation is among the columns, and validation is their mean; each fold alone is on the run's page. */
function flattenMetrics(text: string): Map<string, RunCell> {
  const { folds: _, looks: __, ...metrics } = JSON.parse(text) as RunMetrics;
  return flatten(metrics);
}

function readImported(db: Db, marks: Marks, before: Entries | undefined): RunEntry[] {
  return db
    .all<ImportedRow>(
      `SELECT id, tool, experiment, name, status, created, duration, actor, params, metrics, tags, note
       FROM imported_runs ORDER BY created DESC, rowid DESC`,
    )
    .map((row): RunEntry => {
      const mark = marks.get(row.id);
      const own = Object.entries(JSON.parse(row.tags) as Record<string, string>)
        .filter(([key]) => !key.startsWith('mlflow.'))
        .map(([key, value]) => `${key}=${value}`);
      const tags = [...own, ...(mark?.tags ?? [])];
      return {
        id: row.id,
        origin: 'mlflow',
        status: row.status,
        job: null,
        models: [],
        tags,
        facts: {
          run: row.id,
          status: row.status,
          family: null,
          target: null,
          task: null,
          data: null,
          dataset: null,
          snapshot: null,
          rows: null,
          looks: null,
          seed: null,
          engine: null,
          code: null,
          created: row.created,
          took: row.duration,
          by: row.actor,
          reproduced: null,
          models: null,
          tags: tags.join(', ') || null,
          note: mark?.note ?? row.note,
          origin: row.tool,
          experiment: row.experiment,
          name: row.name,
          recipe: null,
        },
        metricsText: row.metrics,
        metrics: metricsOf(
          row.id,
          row.metrics,
          (text) => under('metric', JSON.parse(text) as Record<string, RunCell>),
          before,
        ),
        recipe: once(() => under('params', JSON.parse(row.params) as Record<string, RunCell>)),
      };
    });
}

/** Cells below a name. A parameter of MLflow is a text; one that is a number is told as one. */
function under(name: string, values: Readonly<Record<string, RunCell>>): ReadonlyMap<string, RunCell> {
  return new Map(
    Object.entries(values).map(([key, value]) => [
      `${name}.${key}`,
      typeof value === 'string' && /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value) ? Number(value) : value,
    ]),
  );
}

function metricsOf(
  id: string,
  text: string | null,
  parse: (text: string) => ReadonlyMap<string, RunCell>,
  before: Entries | undefined,
): RunEntry['metrics'] {
  const earlier = before?.byId.get(id);
  if (earlier?.metricsText === text) return earlier.metrics;
  return once(() => (text === null ? new Map<string, RunCell>() : parse(text)));
}

function recipeOf(db: Db, hash: string): ReadonlyMap<string, RunCell> {
  const known = recipes.get(db) ?? new Map<string, ReadonlyMap<string, RunCell>>();
  recipes.set(db, known);
  const found = known.get(hash);
  if (found) return found;
  const body = db.get<{ body: string }>('SELECT body FROM recipes WHERE hash = ?', hash)?.body ?? '{}';
  const written = JSON.parse(body) as Record<string, unknown>;
  const { target: _t, task: _k, family: _f, seed: _s, members, steps, ...rest } = written;
  const cells = flatten(
    Array.isArray(members)
      ? { ...rest, members: (members as ResolvedRecipe[]).map(memberName) }
      : { ...rest, ...(steps === undefined ? {} : { steps }) },
  );
  known.set(hash, cells);
  return cells;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** By code units: right for ids and moments, and quick. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
