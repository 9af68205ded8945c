import * as z from 'zod';
import { Engine, Environment, Instant, Task } from './common.ts';
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
  'runs-not-combinable': (d: { run: string; reason: string }) =>
    `run "${d.run}" can't be combined with the others: ${d.reason}`,
  'ensemble-weights': (d: { reason: string }) => `weights: ${d.reason}`,
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
  /** How many looks at the same test rows came before the test score, where it was made; it goes with the run wherever that goes. */
  looks: z.int().optional(),
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
  /** Rows that it learned from were of a person who was erased since, latest first; the model was kept all the same. */
  trainedOnErased: z.object({ at: Instant, by: z.string(), persons: z.int() }).nullable(),
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
  /** How many looks at the same test rows came before its test score: each makes them less of a test. Of a sealed run: how many there were so far. */
  looks: z.int(),
  /** Its test rows are sealed: it has no test score until they are opened for it. */
  sealed: z.boolean(),
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

/** One of the models in a combination. */
export const RunMember = z.object({
  run: z.string(),
  family: z.string(),
  /** Its part of the mean; all add up to 1. Null in a stack. */
  weight: z.number().nullable(),
});
export type RunMember = z.infer<typeof RunMember>;

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
  combine: defineMethod({
    doc: 'Makes one model of the models of several runs, as a new run: the mean of their predictions (of classes: of their probabilities), or a stack, in which a ridge or logistic regression predicts from their predictions of rows they were not trained on (validation rows, or those outside their folds; never test rows). The runs must be of one snapshot, target and split.',
    input: z.object({
      runs: z
        .array(z.string())
        .min(2, 'name two runs or more')
        .max(20)
        .describe('the runs whose models are combined'),
      how: z.enum(['average', 'stack']).default('average'),
      weights: z
        .array(z.number().min(0).max(1_000_000))
        .optional()
        .describe('of an average: one per run, in their order, such as "[2, 1]"; default: all the same'),
      calibrate: z
        .enum(['platt', 'isotonic'])
        .optional()
        .describe('makes the probabilities of the combination honest, as in a recipe'),
      conformal: z
        .boolean()
        .default(false)
        .describe('learns how far the combination is off, for intervals, as in a recipe'),
    }),
    output: z.object({ run: Run, members: z.array(RunMember) }),
    writes: true,
    job: true,
    cli: { args: ['runs'] },
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
      /** The runs whose models are combined in it, in their order; empty for a run of one model, and where they are not here. */
      members: z.array(RunMember),
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
      /** Null for runs of a Holdfast that did not record it. */
      environment: Environment.nullable(),
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
