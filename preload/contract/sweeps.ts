import * as z from 'zod';
import { Instant, Name, Task } from './common.ts';
import { DatasetRef } from './datasets.ts';
import { defineMethod } from './method.ts';
import { RecipeInput } from './recipes.ts';

export const sweepFailures = {
  'sweep-not-found': (d: { sweep: string; known: string[] }) =>
    `there is no sweep "${d.sweep}"; ${d.known.length ? `there are ${d.known.join(', ')}` : 'start one with `holdfast sweeps start NAME --target COLUMN`'}`,
  'sweep-exists': (d: { sweep: string; status: string }) =>
    `there is a sweep "${d.sweep}" already (${d.status}); choose another name${d.status === 'done' || d.status === 'stopped' ? '' : `, or go on with it: \`holdfast sweeps resume ${d.sweep}\``}`,
  'sweep-running': (d: { sweep: string }) => `sweep "${d.sweep}" is running already`,
  'sweep-over': (d: { sweep: string; status: string }) =>
    `sweep "${d.sweep}" is ${d.status}; start another one to try more`,
  'sweep-target-needed': (d: { columns: string[] }) =>
    `what is the sweep to predict? say --target with one of ${d.columns.join(', ')}, or give a recipe`,
  'sweep-space': (d: { family: string; param: string; message: string }) =>
    `the space of ${d.family}: ${d.param}: ${d.message}`,
  'sweep-families-none': (d: { reasons: string[] }) =>
    `no family of models can be tried here: ${d.reasons.join('; ')}`,
  'sweep-metric': (d: { metric: string; task: string; known: string[] }) =>
    `metric "${d.metric}" is not for ${d.task}; choose one of ${d.known.join(', ')}`,
  'search-unknown': (d: { search: string; known: string[] }) =>
    `there is no search "${d.search}"; known are ${d.known.join(', ')}`,
  'energy-not-measured': (d: { reason: string }) =>
    `this computer doesn't tell how much energy it takes: ${d.reason}; limit the sweep by runs or minutes`,
};

export const SweepStatus = z.enum(['running', 'paused', 'interrupted', 'done', 'stopped']);
export type SweepStatus = z.infer<typeof SweepStatus>;

/** A parameter that is varied, and where. */
export const SpaceDimension = z.discriminatedUnion('kind', [
  z.object({
    param: z.string(),
    kind: z.enum(['number', 'integer']),
    from: z.number(),
    to: z.number(),
    scale: z.enum(['linear', 'log']),
  }),
  z.object({ param: z.string(), kind: z.literal('choice'), values: z.array(z.json()) }),
]);

/** Where to look for a parameter instead of where its schema says: a list of values, or a range. */
export const SpaceOverride = z.union([
  z.array(z.json()).min(1),
  z.strictObject({ values: z.array(z.json()).min(1) }),
  z.strictObject({ from: z.number(), to: z.number(), scale: z.enum(['linear', 'log']).optional() }),
]);
export type SpaceOverride = z.infer<typeof SpaceOverride>;

/** null: no limit of this kind. */
const Budget = z.object({
  runs: z.int().nullable(),
  minutes: z.number().nullable(),
  wattHours: z.number().nullable(),
});

export const Trial = z.object({
  /** From 1, in the order they were proposed. */
  trial: z.int(),
  run: z.string(),
  family: z.string(),
  /** What the sweep varied; the run has the whole recipe. */
  params: z.record(z.string(), z.json()),
  /** The sweep's metric on the validation rows, or its mean over the folds; null when the trial failed. */
  score: z.number().nullable(),
  /** One per fold; empty without cross-validation. */
  scores: z.array(z.number()),
  /** Seconds of work. */
  seconds: z.number(),
  error: z.string().nullable(),
});
export type Trial = z.infer<typeof Trial>;

export const Sweep = z.object({
  id: z.string(),
  name: Name,
  /** paused: by someone; interrupted: its process ended or its disk was full. Both go on with `resume`. */
  status: SweepStatus,
  dataset: z.string(),
  version: z.int(),
  target: z.string(),
  task: Task,
  metric: z.string(),
  direction: z.enum(['higher', 'lower']),
  search: z.string(),
  seed: z.int(),
  families: z.array(z.string()),
  budget: Budget,
  /** What it has used so far; `seconds` of working time, `joules` null where the computer doesn't tell. */
  spent: z.object({
    trials: z.int(),
    failed: z.int(),
    seconds: z.number(),
    joules: z.number().nullable(),
  }),
  best: Trial.nullable(),
  created: Instant,
  finished: Instant.nullable(),
  by: z.string(),
  job: z.string().nullable(),
  notes: z.array(z.string()),
  error: z.string().nullable(),
});
export type Sweep = z.infer<typeof Sweep>;

const Leaderboard = z.object({
  sweep: Sweep,
  /** The best first; of equal scores the earlier trial. Trials of one recipe stand once. Failed ones are last. */
  leaderboard: z.array(Trial),
});

const sweepName = z.object({ sweep: z.string().describe('name of the sweep') });

/** What a sweep is to do, as far as the user says it. */
const SweepWish = z.object({
  dataset: DatasetRef.optional().describe('NAME or NAME@VERSION; default: the only dataset there is'),
  target: z.string().min(1).optional().describe('column to predict (or that of the recipe)'),
  recipe: RecipeInput.optional().describe(
    'recipe whose features, split, steps and weight every trial has; parameters it states for its family are held',
  ),
  families: z
    .array(z.string())
    .min(1)
    .optional()
    .describe('family of models to try, or several with commas between; default: all that fit'),
  search: z.string().default('tpe').describe('tpe, random, sobol, grid, halving or hyperband; default: tpe'),
  runs: z
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .describe('at most so many trials; default: 40 where nothing else limits it'),
  minutes: z.number().positive().max(100_000).optional().describe('at most so many minutes of work'),
  wattHours: z
    .number()
    .positive()
    .optional()
    .describe('at most so much energy, where this computer measures it'),
  folds: z
    .int()
    .min(2)
    .max(20)
    .optional()
    .describe('judge each trial by cross-validation with so many folds of the training rows'),
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .optional()
    .describe('of the split, the models and the search; default: that of the recipe, or 42'),
  metric: z
    .string()
    .optional()
    .describe('what ranks the trials; default: root_mean_squared_error or log_loss'),
  space: z
    .record(z.string(), z.record(z.string(), SpaceOverride))
    .optional()
    .describe(
      'where to look, by family and parameter: {boosting: {num_leaves: [15, 31], learning_rate: {from: 0.01, to: 0.2, scale: log}}} as JSON, or a file of JSON or YAML',
    ),
});

export const sweeps = {
  start: defineMethod({
    doc: 'Looks for a good model: trains many, of several families and parameters, under one search strategy, and ranks them by validation rows. Each trial is a run. It can be paused, and goes on after a crash as if nothing had happened.',
    input: z.object({
      name: Name,
      ...SweepWish.shape,
      workers: z
        .int()
        .min(1)
        .max(64)
        .optional()
        .describe('trials at a time; default: as many as cores and memory allow'),
    }),
    output: Leaderboard,
    writes: true,
    job: true,
    cli: { args: ['name'] },
  }),
  plan: defineMethod({
    doc: 'What a sweep would do, before it does it: the families that fit, where it would look, what ranks the trials. Nothing is trained.',
    input: SweepWish,
    output: z.object({
      dataset: z.string(),
      version: z.int(),
      target: z.string(),
      task: Task,
      metric: z.string(),
      direction: z.enum(['higher', 'lower']),
      /** What could rank the trials instead. */
      metrics: z.array(z.string()),
      search: z.string(),
      seed: z.int(),
      budget: Budget,
      spaces: z.array(
        z.object({
          family: z.string(),
          dimensions: z.array(SpaceDimension),
          /** Parameters that are left at their default, or where the recipe states them. */
          held: z.array(z.string()),
        }),
      ),
      /** What is left out, and why. */
      notes: z.array(z.string()),
    }),
  }),
  resume: defineMethod({
    doc: 'Goes on with a sweep that was paused or cut off. The trials are those of a sweep that was never stopped.',
    input: sweepName.extend({ workers: z.int().min(1).max(64).optional().describe('trials at a time') }),
    output: Leaderboard,
    writes: true,
    job: true,
    cli: { args: ['sweep'] },
  }),
  pause: defineMethod({
    doc: 'Halts a running sweep within a second, whatever process it runs in. Finished trials are kept; those under way are done again by `resume`.',
    input: sweepName,
    output: z.object({ sweep: Sweep }),
    cli: { args: ['sweep'] },
  }),
  stop: defineMethod({
    doc: 'Ends a sweep for good. Its runs are kept.',
    input: sweepName,
    output: z.object({ sweep: Sweep }),
    writes: true,
    cli: { args: ['sweep'] },
  }),
  list: defineMethod({
    doc: 'Sweeps, newest first.',
    input: z.object({}),
    output: z.object({ sweeps: z.array(Sweep) }),
  }),
  show: defineMethod({
    doc: 'One sweep: its leaderboard, the space it searches, and which parameters matter.',
    input: sweepName,
    output: Leaderboard.extend({
      space: z.array(z.object({ family: z.string(), dimensions: z.array(SpaceDimension) })),
      /** How much of the differences between the trials of a family one parameter explains alone, 0 to 1. */
      importance: z.array(
        z.object({ family: z.string(), param: z.string(), share: z.number(), trials: z.int() }),
      ),
      /** The metric of the best trial on the test rows, which no trial was chosen by; null while there is none. */
      test: z.number().nullable(),
      /** How many looks at the same test rows came before that number; each makes it less of a test. */
      looks: z.int().nullable(),
    }),
    cli: { args: ['sweep'] },
  }),
  searches: defineMethod({
    doc: 'The ways to search there are.',
    input: z.object({}),
    output: z.object({
      searches: z.array(z.object({ id: z.string(), title: z.string(), doc: z.string() })),
    }),
    anywhere: true,
  }),
};
