import * as z from 'zod';
import { Instant } from './common.ts';
import { defineMethod } from './method.ts';
import { RunStatus } from './training.ts';

export const runsFailures = {
  'runs-column-unknown': (d: { column: string; like: string[]; known: string[]; more: number }) =>
    `no run has a column "${d.column}"; ${d.like.length ? `near it are ${d.like.join(', ')}` : `there are ${d.known.join(', ')}${d.more > 0 ? ` and ${d.more} more, which \`holdfast runs columns\` lists` : ''}`}`,
  'runs-filter-invalid': (d: { part: string; reason: string }) => `filter "${d.part}": ${d.reason}`,
  'runs-different': (d: { a: string; b: string; reason: string }) =>
    `runs "${d.a}" and "${d.b}" can't be held against each other: ${d.reason}`,
  'runs-history-unknown': (d: { path: string; reason: string }) =>
    `"${d.path}" is no history of runs that can be read: ${d.reason}; expected MLflow's mlflow.db (SQLite) or its mlruns folder`,
  'runs-not-imported': (d: { run: string; known: string[] }) =>
    `no run "${d.run}" was read from another tool; ${d.known.length ? `the latest are ${d.known.join(', ')}` : '`holdfast runs import PATH` reads those of MLflow'}`,
};

export const RunCell = z.union([z.string(), z.number(), z.null()]);
export type RunCell = z.infer<typeof RunCell>;

/** Something that is known of runs: `family`, `test.r2`, `params.alpha`, `steps[0].method`, `tag.team`. */
export const RunColumn = z.object({
  id: z.string(),
  kind: z.enum(['fact', 'metric', 'recipe', 'tag']),
  numeric: z.boolean(),
  /** Runs, of those shown, that have a value. */
  filled: z.int(),
  /** How many different values they have; none is one of them. */
  distinct: z.int(),
  /** Of a metric that Holdfast knows: which way is better. */
  direction: z.enum(['higher', 'lower']).nullable(),
});
export type RunColumn = z.infer<typeof RunColumn>;

export const RunOrigin = z.enum(['here', 'pulled', 'mlflow']);
export type RunOrigin = z.infer<typeof RunOrigin>;

/** A run in a table of many: what every row shows or does, and the cells asked for, in the order of the columns. */
export const RunLine = z.object({
  id: z.string(),
  origin: RunOrigin,
  status: RunStatus,
  job: z.string().nullable(),
  models: z.array(z.string()),
  tags: z.array(z.string()),
  cells: z.array(RunCell),
});
export type RunLine = z.infer<typeof RunLine>;

export const RunsFilter = z
  .string()
  .max(2000)
  .default('')
  .describe(
    'words that all must be found, -WORD that must not, and conditions such as family=boosting, alpha>0.1 or r2>=0.8',
  );

export const usualColumns: readonly string[] = ['status', 'family', 'target', 'data', 'took', 'created'];

export const RunMarks = z.object({
  run: z.string(),
  tags: z.array(z.string()),
  note: z.string().nullable(),
  at: Instant.nullable(),
  by: z.string().nullable(),
});
export type RunMarks = z.infer<typeof RunMarks>;

/** A single thing that is not the same in two runs; null where one of them has none. */
export const RunChange = z.object({
  kind: z.enum(['data', 'split', 'recipe', 'family', 'parameter', 'seed', 'engine']),
  /** `alpha`, `features`, `step impute` */
  what: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type RunChange = z.infer<typeof RunChange>;

const Outcome = z.enum(['better', 'worse', 'same']);

export const WhyBetter = z.object({
  /** `test.mean_absolute_error` */
  metric: z.string(),
  direction: z.enum(['higher', 'lower']),
  a: z.object({ run: z.string(), value: z.number() }),
  b: z.object({ run: z.string(), value: z.number() }),
  /** Of the second against the first. */
  outcome: Outcome,
  /** Both were judged by the same rows. */
  sameRows: z.boolean(),
  /** From the first to the second, over runs that were made: one change each, where there are such runs. */
  steps: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      changes: z.array(RunChange),
      before: z.number(),
      after: z.number(),
      outcome: Outcome,
      /** No more than the seed alone may bring. */
      withinNoise: z.boolean(),
      sameRows: z.boolean(),
    }),
  ),
  /** Engine and code, where they are not the same either. */
  also: z.array(RunChange),
  /** The same change in other pairs of runs that differ in it alone: how many came out better and worse. */
  elsewhere: z.array(z.object({ change: RunChange, better: z.int(), worse: z.int(), same: z.int() })),
  /** How far apart the seed alone puts two runs, once in twenty times; null where no runs differ in the seed alone. */
  noise: z.object({ runs: z.int(), limit: z.number() }).nullable(),
});
export type WhyBetter = z.infer<typeof WhyBetter>;

export const runs = {
  list: defineMethod({
    doc: 'A window of all runs: sorted, filtered, grouped, with the columns asked for. Runs read from another tool are among them.',
    input: z.object({
      columns: z
        .array(z.string())
        .max(200)
        .default([...usualColumns])
        .describe('column to show; again for more'),
      filter: RunsFilter,
      sort: z.string().default('created').describe('column to sort by; runs without a value come last'),
      ascending: z.boolean().default(false),
      group: z.string().optional().describe('column whose equal values stand together'),
      differing: z
        .boolean()
        .default(false)
        .describe('leave out columns whose value is the same in all runs shown'),
      only: z
        .array(z.string())
        .max(100_000)
        .optional()
        .describe('only this run, where the filter lets it through; again for more'),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(1000).default(100),
    }),
    output: z.object({
      /** All runs, and those that the filter lets through. */
      total: z.int(),
      shown: z.int(),
      columns: z.array(z.string()),
      rows: z.array(RunLine),
      /** In the order of the rows: where each group begins, and its best value of the first metric among the columns. */
      groups: z.array(
        z.object({
          value: RunCell,
          first: z.int(),
          count: z.int(),
          best: z.object({ column: z.string(), value: z.number(), run: z.string() }).nullable(),
        }),
      ),
    }),
  }),
  columns: defineMethod({
    doc: 'What is known of the runs: facts, metrics, parameters of recipes, tags; how many have it and whether it differs among them.',
    input: z.object({ filter: RunsFilter }),
    output: z.object({ total: z.int(), shown: z.int(), columns: z.array(RunColumn) }),
  }),
  values: defineMethod({
    doc: 'Some columns of all runs that the filter lets through, for a chart. Runs without a value are among them, with null.',
    input: z.object({ columns: z.array(z.string()).min(1).max(16), filter: RunsFilter }),
    output: z.object({
      runs: z.array(z.string()),
      families: z.array(z.string()),
      columns: z.array(RunColumn.extend({ values: z.array(RunCell) })),
    }),
    cli: { args: [] },
  }),
  why: defineMethod({
    doc: 'Why one run is better than another: which change in data, recipe, parameters or seed came with which change of the metric, by runs between them that differ in one thing each.',
    input: z.object({
      a: z.string(),
      b: z.string(),
      metric: z
        .string()
        .optional()
        .describe('default: the headline metric on test rows; where they are sealed, on validation rows'),
    }),
    output: z.object({ why: WhyBetter }),
    cli: { args: ['a', 'b'] },
  }),
  mark: defineMethod({
    doc: 'Sets the tags of a run, its note, or both. What is not given stays; an empty note takes the note away.',
    input: z.object({
      run: z.string(),
      tags: z
        .array(z.string().trim().min(1).max(60))
        .max(50)
        .optional()
        .describe('all tags the run shall have; KEY=VALUE is a column of its own'),
      note: z.string().max(10_000).optional(),
    }),
    output: z.object({ marks: RunMarks }),
    writes: true,
    cli: { args: ['run'] },
  }),
  marks: defineMethod({
    doc: 'Tags and note of a run.',
    input: z.object({ run: z.string() }),
    output: z.object({ marks: RunMarks }),
    cli: { args: ['run'] },
  }),
  import: defineMethod({
    doc: 'Reads the runs of MLflow: parameters, metrics with their steps, tags; ids are kept, and reading twice changes nothing. The models themselves stay where they are.',
    input: z.object({
      path: z
        .string()
        .min(1)
        .describe('mlflow.db (SQLite), an mlruns folder, or the folder that holds one of them'),
    }),
    output: z.object({
      tool: z.literal('mlflow'),
      added: z.int(),
      /** Those that went on there since they were last read. */
      changed: z.int(),
      unchanged: z.int(),
      /** Deleted there: left out. */
      deleted: z.int(),
      /** Last values that are not numbers (NaN, infinite): missing in tables. */
      notFinite: z.int(),
      experiments: z.array(z.object({ name: z.string(), runs: z.int() })),
    }),
    writes: true,
    job: true,
    cli: { args: ['path'] },
  }),
  imported: defineMethod({
    doc: 'A run that was read from another tool, with every value of its metrics. It has no model here.',
    input: z.object({ run: z.string() }),
    output: z.object({
      id: z.string(),
      tool: z.literal('mlflow'),
      experiment: z.string(),
      name: z.string(),
      status: RunStatus,
      created: Instant,
      finished: Instant.nullable(),
      /** Seconds. */
      duration: z.number().nullable(),
      user: z.string(),
      note: z.string().nullable(),
      params: z.record(z.string(), z.string()),
      tags: z.record(z.string(), z.string()),
      metrics: z.array(
        z.object({
          name: z.string(),
          last: z.number().nullable(),
          /** In the order of steps; empty where the last value is the only one of each metric. */
          points: z.array(z.object({ step: z.number(), at: Instant, value: z.number().nullable() })),
        }),
      ),
      read: z.object({ at: Instant, by: z.string() }),
    }),
    cli: { args: ['run'] },
  }),
};
