import * as z from 'zod';
import { Engine, Instant, Task } from './common.ts';
import { DatasetRef } from './datasets.ts';
import { defineMethod } from './method.ts';
import { RecipeInput } from './recipes.ts';

export const trainingFailures = {
  'run-not-found': (d: { run: string; known: string[] }) =>
    `there is no run "${d.run}"; ${d.known.length ? `the latest are ${d.known.join(', ')}` : 'train one with `holdfast training run RECIPE.yaml`'}`,
  'run-not-finished': (d: { run: string; status: string }) =>
    `run "${d.run}" is ${d.status}; this needs a finished run`,
  'run-data-missing': (d: {
    run: string;
    dataset: string;
    snapshot: string;
    deleted?: { at: string; by: string; reason: string | null } | undefined;
  }) =>
    `the data of run "${d.run}" is ${d.deleted ? `gone: ${d.deleted.by} deleted it at ${d.deleted.at}${d.deleted.reason === null ? '' : ` (${d.deleted.reason})`}` : 'not in this workspace'}: ${d.dataset}, snapshot ${d.snapshot}; import the same file, or pull a bundle that has the data inside`,
  'run-not-editable': (d: { run: string; family: string; able: string[] }) =>
    `run "${d.run}" is of family ${d.family}, which has no curves to set by hand; ${d.able.join(', ')} has`,
  'run-dataset-needed': (d: { known: string[] }) =>
    `which dataset? this workspace has ${d.known.length ? d.known.join(', ') : 'none yet'}; say --dataset NAME`,
};

export const RunStatus = z.enum([
  'queued',
  'running',
  'done',
  'failed',
  'cancelled',
  'interrupted',
  'erased',
]);
export type RunStatus = z.infer<typeof RunStatus>;

/** Metric name (scikit-learn's) to value; null where it is not defined for the split, with the reason in evaluation. */
export const SplitMetrics = z.record(z.string(), z.number().nullable());

/** How good the model of one fold is on the rows that judge it. */
export const FoldResult = z.object({
  /** From 1. */
  fold: z.int(),
  /** How many rows it learned from. */
  train: z.int(),
  /** How many rows judged it. */
  rows: z.int(),
  metrics: SplitMetrics,
  /** Why a metric is null, by metric. */
  undefinedBecause: z.record(z.string(), z.string()),
});

export const RunMetrics = z.object({
  train: SplitMetrics,
  /** With folds: the mean over them. */
  validation: SplitMetrics,
  test: SplitMetrics,
  /** Where the split has folds: each fold's own model on the fold's rows; the run's model is fitted on all training rows. */
  folds: z.array(FoldResult).optional(),
  /** Sample standard deviation over the folds, by metric. */
  deviation: SplitMetrics.optional(),
});
export type RunMetrics = z.infer<typeof RunMetrics>;

export const Run = z.object({
  id: z.string(),
  status: RunStatus,
  dataset: z.string(),
  version: z.int(),
  snapshot: z.string(),
  /** Who deleted its data for good, if that was done: it can't be reproduced until the same data is here again. */
  dataDeleted: z.object({ at: Instant, by: z.string(), reason: z.string().nullable() }).nullable(),
  target: z.string(),
  task: Task,
  family: z.string(),
  recipe: z.string(),
  seed: z.int(),
  engine: Engine.nullable(),
  code: z.string(),
  created: Instant,
  finished: Instant.nullable(),
  /** Seconds of training work. */
  duration: z.number().nullable(),
  by: z.string(),
  job: z.string().nullable(),
  metrics: RunMetrics.nullable(),
  notes: z.array(z.string()),
  error: z
    .object({ code: z.string(), message: z.string(), details: z.record(z.string(), z.unknown()) })
    .nullable(),
  /** Latest verdict of `lineage reproduce`, if it was asked. */
  reproduced: z.enum(['identical', 'within-tolerance', 'not-reproduced']).nullable(),
  /** How many finished runs were judged by the same split before it: each look at test rows makes them less of a test. */
  looks: z.int(),
  /** Model versions made of it: `houses@2`. */
  models: z.array(z.string()),
});
export type Run = z.infer<typeof Run>;

export const ReportTable = z.object({
  title: z.string(),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
  notes: z.array(z.string()),
});

/** One edit of a curve, as it stands in the recipe's parameters. */
const CurveEdit = z.object({
  feature: z.string().min(1).describe('whose curve'),
  from: z.number().optional().describe('of a number: above this'),
  to: z.number().optional().describe('of a number: up to and with this'),
  levels: z.array(z.string()).optional().describe('of a category: these levels'),
  missing: z.boolean().default(false).describe('where it is missing'),
  value: z.number().describe('what the curve adds there: an amount, or log odds of the second class'),
});

/** Where a run came from that was made by setting a curve of another by hand. */
export const RunEdit = z.object({ parent: z.string(), edit: CurveEdit, why: z.string() });
export type RunEdit = z.infer<typeof RunEdit>;

export const training = {
  run: defineMethod({
    doc: 'Trains one model by a recipe and evaluates it on train, validation and test rows.',
    input: z.object({
      recipe: RecipeInput.describe('recipe (the command line reads it from a YAML file)'),
      dataset: DatasetRef.optional().describe('NAME or NAME@VERSION; default: the only dataset there is'),
      seed: z
        .int()
        .min(0)
        .max(2 ** 31 - 1)
        .optional()
        .describe('overrides the seed of the recipe'),
    }),
    output: z.object({ run: Run }),
    writes: true,
    job: true,
    cli: { args: ['recipe'] },
  }),
  edit: defineMethod({
    doc: 'Sets a part of one curve of an additive model by hand. A new run is trained by the same recipe, rows and seed with this edit after all others; it records the run it came from, the edit, and why.',
    input: CurveEdit.extend({
      run: z.string(),
      why: z.string().trim().min(5).describe('why the curve is changed'),
    }),
    output: z.object({ run: Run, edited: RunEdit }),
    writes: true,
    job: true,
    cli: { args: ['run'] },
  }),
  list: defineMethod({
    doc: 'Runs, newest first.',
    input: z.object({ limit: z.int().min(1).max(10_000).default(1000) }),
    output: z.object({ runs: z.array(Run) }),
  }),
  show: defineMethod({
    doc: "One run: the resolved recipe, metrics, learning history and the family's own report (coefficients, ...).",
    input: z.object({ run: z.string() }),
    output: z.object({
      run: Run,
      recipe: z.record(z.string(), z.unknown()),
      yaml: z.string(),
      history: z.array(z.record(z.string(), z.number())),
      report: z.array(ReportTable),
      /** Null for a run that was not made by editing another. */
      edited: RunEdit.nullable(),
      split: z
        .object({
          digest: z.string(),
          train: z.int(),
          validation: z.int(),
          test: z.int(),
          leftOut: z.int(),
          /** In how many folds the training rows judged each other; null where they did not. */
          folds: z.int().nullable(),
        })
        .nullable(),
    }),
    cli: { args: ['run'] },
  }),
  cancel: defineMethod({
    doc: 'Stops a running run within a second; it is kept as cancelled, without a model.',
    input: z.object({ run: z.string() }),
    output: z.object({ run: Run }),
    cli: { args: ['run'] },
  }),
};
