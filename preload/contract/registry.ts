import * as z from 'zod';
import { Instant, Name, Task } from './common.ts';
import { WrittenCosts } from './evaluation.ts';
import { defineMethod } from './method.ts';
import { SplitMetrics } from './training.ts';

export const registryFailures = {
  'model-not-found': (d: { model: string; known: string[] }) =>
    `there is no model "${d.model}"; ${d.known.length ? `this workspace has ${d.known.join(', ')}` : 'add one with `holdfast registry add RUN --name M`'}`,
  'model-version-not-found': (d: { model: string; version: string; latest: number }) =>
    `model "${d.model}" has no version ${d.version}; its latest is ${d.latest}`,
};

/** `NAME`, or `NAME@N`; without N the live version, or else the latest. */
export const ModelRef = z.string().min(1).describe('NAME or NAME@VERSION');
export const Stage = z.enum(['candidate', 'live', 'archived']);
export type Stage = z.infer<typeof Stage>;

export const ModelVersion = z.object({
  name: z.string(),
  version: z.int(),
  stage: Stage,
  run: z.string(),
  task: Task,
  target: z.string(),
  family: z.string(),
  notes: z.string(),
  created: Instant,
  by: z.string(),
  /** Test metrics of its run; empty while its test rows are sealed. */
  metrics: SplitMetrics,
  /** How many looks at the same test rows came before. */
  looks: z.int(),
  sealed: z.boolean(),
  /** Rows that it learned from were of a person who was erased since, latest first; the model was kept all the same. */
  trainedOnErased: z.object({ at: Instant, by: z.string(), persons: z.int() }).nullable(),
  /** Who changed what, oldest first. */
  history: z.array(z.object({ at: Instant, by: z.string(), change: z.string() })),
  reproduced: z.enum(['identical', 'within-tolerance', 'not-reproduced']).nullable(),
  /** Where it came from when it was pulled. */
  origin: z.string().nullable(),
});
export type ModelVersion = z.infer<typeof ModelVersion>;

export const PredictionField = z.object({
  name: z.string(),
  kind: z.enum(['number', 'category', 'bool', 'date', 'timestamp']),
  /** Known levels of a category, most frequent first; true and false of a bool; empty for others. */
  levels: z.array(z.string()),
  /** A typical value, as it is written in a row: the median, or the most frequent level. Dates are 2026-11-23, times 2026-11-23 20:26:30. */
  example: z.union([z.number(), z.string(), z.null()]),
});

export const registry = {
  add: defineMethod({
    doc: 'Enters the model of a finished run under a name, as its next version, in stage candidate.',
    input: z.object({ run: z.string(), name: Name, notes: z.string().max(10_000).default('') }),
    output: z.object({ model: ModelVersion }),
    writes: true,
    cli: { args: ['run'] },
  }),
  list: defineMethod({
    doc: 'All models with all their versions.',
    input: z.object({}),
    output: z.object({ models: z.array(z.object({ name: z.string(), versions: z.array(ModelVersion) })) }),
  }),
  show: defineMethod({
    doc: 'One model version with the fields it needs to predict.',
    input: z.object({ model: ModelRef }),
    output: z.object({ model: ModelVersion, fields: z.array(PredictionField) }),
    cli: { args: ['model'] },
  }),
  stage: defineMethod({
    doc: 'Moves a version to a stage. At most one version of a model is live: the one before goes to archived.',
    input: z.object({ model: ModelRef, stage: Stage, notes: z.string().max(10_000).optional() }),
    output: z.object({ model: ModelVersion }),
    writes: true,
    cli: { args: ['model', 'stage'] },
  }),
  predict: defineMethod({
    doc: 'Predicts for a CSV file (`path`) and writes a CSV with `prediction` and, for classes, `probability_CLASS`; or for `rows` given here. With `level`, for models trained with `conformal: true`, `low` and `high` too, or for classes the `classes` that can’t be ruled out: they hold the truth for that share of new rows. With `costs`, of classes, the `decision` of least expected cost and its `expected_cost`.',
    input: z.object({
      model: ModelRef,
      path: z.string().optional().describe('CSV file with the raw columns'),
      out: z.string().optional().describe('file to write; default: standard output'),
      level: z
        .number()
        .min(0.5)
        .max(0.999)
        .optional()
        .describe('adds intervals that hold for this share of new rows, such as 0.9'),
      costs: WrittenCosts.optional().describe(
        'what mistakes cost, as of `evaluation costs`: adds the decision of least expected cost',
      ),
      rows: z
        .array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])))
        .max(1000)
        .optional(),
    }),
    output: z.object({
      model: z.string(),
      rows: z.int(),
      out: z.string().nullable(),
      /** For `rows`, and for files without `out`: at most the first 1,000. */
      predictions: z.array(z.record(z.string(), z.union([z.string(), z.number()]))),
      notes: z.array(z.string()),
    }),
    job: true,
    cli: { args: ['model', 'path'] },
  }),
};
