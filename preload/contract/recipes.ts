import * as z from 'zod';
import { ColumnType } from './column-types.ts';
import { defineMethod } from './method.ts';
import { DatasetRef } from './datasets.ts';

export const recipeFailures = {
  'recipe-unreadable': (d: { line: number; column: number; reason: string }) =>
    `the recipe can't be read as YAML: ${d.reason} at line ${d.line}, column ${d.column}`,
  'recipe-invalid': (d: { problems: { path: string; message: string }[] }) =>
    `the recipe is not right: ${d.problems.map((p) => (p.path ? `${p.path}: ${p.message}` : p.message)).join('; ')}`,
  'target-missing': (d: { target: string; known: string[] }) =>
    `the recipe's target "${d.target}" is not a column of the data; it has ${d.known.join(', ')}`,
  'target-empty': (d: { target: string; rows: number }) =>
    `target "${d.target}" has no value in any of the ${counted(d.rows, 'row')}; there is nothing to learn. Choose another target`,
  'target-constant': (d: { target: string; value: string; rows: number }) =>
    `target "${d.target}" is ${d.value} in all ${counted(d.rows, 'row')} that have it; there is nothing to learn. Choose another target`,
  'target-one-class': (d: { target: string; class: string; rows: number }) =>
    `target "${d.target}" has one class only, "${d.class}", in all ${counted(d.rows, 'row')} that have it; classification needs at least two`,
  'target-not-numbers': (d: { target: string; example: string }) =>
    `target "${d.target}" is text, such as "${d.example}"; regression predicts numbers. Say "task: classification" or choose another target`,
  'target-not-classes': (d: { target: string; classes: string; rows: number; reason: string }) =>
    `target "${d.target}" has ${d.classes} different values in ${counted(d.rows, 'row')}: ${d.reason}`,
  'target-date': (d: { target: string; type: string }) =>
    `target "${d.target}" is a ${d.type}; dates and times can't be predicted. Choose another target`,
  'target-infinite': (d: { target: string; row: number }) =>
    `target "${d.target}" is infinite at row ${grouped(d.row)}; targets must be finite numbers`,
  'rows-too-few': (d: { target: string; rows: number; needed: number; split: string }) =>
    `${counted(d.rows, 'row')} with a value of "${d.target}" can't be split ${d.split}; at least ${d.needed} are needed`,
  'split-column-kind': (d: { method: string; column: string; found: string; wanted: string }) =>
    `split: "${d.method}" can't go by column "${d.column}", which is ${d.found}; it takes ${d.wanted}`,
  'split-part-empty': (d: { by: string; method: string; part: string; reason: string }) =>
    `split: "${d.method}" by "${d.by}" leaves too few ${d.part} rows: ${d.reason}`,
  'split-not-found': (d: { reference: string; known: string[] }) =>
    `there is no recorded split "${d.reference}"; name a run${d.known.length > 0 ? ` (such as ${d.known.join(', ')})` : ', of which there is none yet'}, or six characters or more of a split's digest`,
  'split-ambiguous': (d: { reference: string; runs: string[] }) =>
    `"${d.reference}" is more than one split; name the run it is of: ${d.runs.join(', ')}`,
  'split-data-gone': (d: { split: string; version: string }) =>
    `split ${d.split} divides the rows of ${d.version}, which are not in this workspace, so no row can be known again`,
  'split-key-retyped': (d: { key: string; before: string; after: string }) =>
    `split: rows can't be known again by "${d.key}": it is ${d.before} where the inherited split was made and ${d.after} now`,
  'split-key-mixed': (d: { key: string; value: string; rows: number[] }) =>
    `split: rows can't be known again by "${d.key}": "${d.value}" is on two sides of the inherited split, at its rows ${d.rows.map(grouped).join(' and ')}; name a column that tells every row from the others`,
  'split-nothing-known': (d: { rows: number; how: string; hint: string }) =>
    `split: none of the ${counted(d.rows, 'row')} that the inherited split divides is in this data, ${d.how}${d.hint}`,
  'split-inherited-empty': (d: { part: string; rows: number; needed: number }) =>
    `split: with the inherited sides there ${d.rows === 1 ? 'is 1 row' : `are ${d.rows} rows`} of the part "${d.part}", and ${d.needed} ${d.needed === 1 ? 'is' : 'are'} needed; divide the rows anew`,
  'split-fold-empty': (d: { fold: number; folds: number; method: string; reason: string }) =>
    `split: fold ${d.fold} of ${d.folds} by "${d.method}" has too few rows: ${d.reason}; choose fewer folds`,
  'features-dropped': (d: { family: string }) =>
    `no column is left after the last step for ${d.family} to learn from; drop or select less`,
  'feature-not-known': (d: { column: string; because: string; undo: string | null }) =>
    `feature "${d.column}" is not known when a prediction is asked for: ${d.because}. Leave it out${d.undo === null ? '' : `, or take the declaration back with \`${d.undo}\``}`,
  'features-none': (d: { target: string; left: string[] }) =>
    `no column is left to predict "${d.target}" from; name some in "features" or shorten "exclude"${d.left.length > 0 ? ` (${d.left.slice(0, 5).join('; ')}${d.left.length > 5 ? '; ...' : ''})` : ''}`,
  'step-column-unknown': (d: { step: string; position: number; column: string; known: string[] }) =>
    `step ${d.position} (${d.step}): there is no column "${d.column}" at this step; there are ${d.known.join(', ')}`,
  'step-column-kind': (d: {
    step: string;
    position: number;
    column: string;
    found: string;
    wanted: string;
    hint: string;
  }) =>
    `step ${d.position} (${d.step}): column "${d.column}" is ${d.found}; ${d.step} works on ${d.wanted}. ${d.hint}`,
  'step-column-twice': (d: { step: string; position: number; column: string }) =>
    `step ${d.position} (${d.step}): there is a column "${d.column}" already; rename the one in the data, or exclude it`,
  'step-param': (d: { step: string; position: number; param: string; message: string }) =>
    `step ${d.position} (${d.step}): ${d.param}: ${d.message}`,
  'step-memory': (d: {
    step: string;
    position: number;
    rows: number;
    features: number;
    needed: number;
    available: number;
  }) =>
    `step ${d.position} (${d.step}): ${d.features} features of ${d.rows} rows need about ${d.needed} MB of memory, and ${d.available} MB are free; give it fewer "features", use fewer rows, or end other programs`,
  'step-not-exportable': (d: { step: string; what: string }) =>
    `the model can't be exported: a ${d.step} step uses ${d.what}, for which ONNX has no form. It predicts in Holdfast; to export it, make that column in the data instead`,
  'step-value': (d: {
    step: string;
    position: number;
    column: string;
    row: number;
    found: string;
    wanted: string;
    hint: string;
  }) =>
    `step ${d.position} (${d.step}): column "${d.column}" is ${d.found} at row ${grouped(d.row)}; ${d.step} works on ${d.wanted}. ${d.hint}`,
  'step-target': (d: { step: string; position: number; reason: string }) =>
    `step ${d.position} (${d.step}): it learns from the target, and ${d.reason}`,
  'expression-wrong': (d: { where: string; expression: string; at: number; reason: string }) =>
    `${d.where}: "${d.expression}" is wrong at character ${d.at}: ${d.reason}`,
  'lags-time-twice': (d: { time: string; group: string | null; rows: [number, number] }) =>
    `lags: rows ${grouped(d.rows[0])} and ${grouped(d.rows[1])} have the same "${d.time}"${d.group === null ? '; name the column of groups in "group"' : ` and "${d.group}"`}, so which comes first is not known`,
  'join-dataset-missing': (d: { known: string[] }) =>
    `a join needs "dataset", the name of the other dataset; there are ${d.known.join(', ')}`,
  'join-data-missing': (d: { dataset: string; snapshot: string }) =>
    `the rows of ${d.dataset} (snapshot ${d.snapshot.slice(0, 12)}), which the recipe joins, are not in this workspace; import them, and the same rows are known by their snapshot`,
  'join-data-other': (d: { dataset: string; snapshot: string; found: string }) =>
    `${d.dataset} is snapshot ${d.found.slice(0, 12)} here, not ${d.snapshot.slice(0, 12)}; leave out "snapshot" or "dataset"`,
  'join-column-missing': (d: {
    column: string;
    dataset: string;
    keys: string[];
    here: boolean;
    known: string[];
  }) =>
    `the model needs a column "${d.column}" and the data has none; it has ${d.known.join(', ')}. ${
      d.here
        ? `Give it, or ${d.keys.map((key) => `"${key}"`).join(' and ')}, by which it is looked up in ${d.dataset}`
        : `The rows of ${d.dataset}, where it would be looked up, are not in this workspace: give it`
    }`,
  'join-key-twice': (d: { dataset: string; columns: string[]; value: string; rows: [number, number] }) =>
    `join: rows ${grouped(d.rows[0])} and ${grouped(d.rows[1])} of ${d.dataset} have the same ${d.columns.map((name) => `"${name}"`).join(' and ')}, ${d.value}, so which one is meant is not known; say "aggregate: mean" (or sum, min, max, count), or join by more columns`,
  'join-key-inexact': (d: { dataset: string; column: string; row: number }) =>
    `join: row ${grouped(d.row)} of ${d.dataset} has a key in "${d.column}" beyond what a model's numbers tell apart (2^53 of its last place), so another key could be taken for it; import the key as text on both sides ("columns": {"${d.column}": {"type": "utf8"}})`,
  'recipe-not-found': (d: { reference: string; pins: string[] }) =>
    `there is no recipe "${d.reference}"; say a name it is pinned under${d.pins.length > 0 ? ` (${d.pins.join(', ')})` : ''}, a run, or at least 6 characters of its hash`,
  'recipe-ambiguous': (d: { reference: string }) =>
    `more than one recipe has a hash that begins with "${d.reference}"; give more of it`,
  'recipe-pin-taken': (d: { name: string; hash: string }) =>
    `another recipe is pinned as "${d.name}" (${d.hash.slice(0, 12)}); unpin that first or choose another name`,
  'filter-leaves-none': (d: { where: string; part: string; left: number; rows: number }) =>
    `the filter "${d.where}" leaves ${counted(d.left, 'row')} of ${grouped(d.rows)} ${d.part}; at least 2 are needed`,
  'level-unknown': (d: { step: string; position: number; column: string; row: number; value: string }) =>
    `step ${d.position} (${d.step}): column "${d.column}" has "${d.value}" at row ${grouped(d.row)}, which training never saw; say "unknown: ignore" to let such rows pass`,
  'column-not-encoded': (d: { column: string; example: string }) =>
    `column "${d.column}" is still text after the last step, such as "${d.example}"; add a one-hot step for it, or exclude it`,
  'codes-not-taken': (d: { family: string; column: string }) =>
    `column "${d.column}" is one feature of level codes, which the ${d.family} family can't take; encode it with one-hot instead`,
  'weight-wrong': (d: { column: string; row: number; found: string }) =>
    `weight "${d.column}" is ${d.found} at row ${grouped(d.row)}; weights must be numbers of at least 0`,
  'weight-none': (d: { column: string; rows: number }) =>
    `weight "${d.column}" is 0 in all ${counted(d.rows, 'training row')}; some must count`,
  'value-missing': (d: { column: string; row: number }) =>
    `column "${d.column}" has no value at row ${grouped(d.row)} and no step fills it; add an impute step for it, or exclude it`,
  'value-infinite': (d: { column: string; row: number }) =>
    `column "${d.column}" is infinite at row ${grouped(d.row)}; values must be finite numbers`,
  'input-column-missing': (d: { column: string; known: string[] }) =>
    `the model needs a column "${d.column}" and the data has none; it has ${d.known.join(', ')}`,
  'input-value-wrong': (d: { column: string; row: number; expected: string; found: string }) =>
    `column "${d.column}": expected ${d.expected} at row ${grouped(d.row)}, got "${d.found}"`,
  'pipeline-damaged': (d: { reason: string }) => `the fitted steps can't be read: ${d.reason}`,
  'split-damaged': (d: { reason: string }) => `the split can't be read: ${d.reason}`,
};

/** 15204 as 15,204, the same on every machine. */
function grouped(value: number): string {
  return String(value).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

function counted(value: number, noun: string): string {
  return `${grouped(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** A recipe as people write it. Strict shape and defaults are the recipes domain's; see `recipes.resolve`. */
export const RecipeInput = z
  .union([z.string(), z.record(z.string(), z.unknown())])
  .describe('YAML text or the same as an object');

export const ParamsJsonSchema = z.record(z.string(), z.unknown());

/** One column at a stage of a recipe, compared with the stage before. */
export const EffectColumn = z.object({
  name: z.string(),
  /** `number`, `text`, `one-hot` (a value is the level whose feature is 1), `codes`. */
  kind: z.string(),
  change: z.enum(['same', 'changed', 'added']),
  /** How many inputs of the model it is: one, or one a level. */
  features: z.int(),
  /** Values missing in the sample, after this step. */
  missing: z.int(),
  /** Values of the sample that this step changed. */
  changed: z.int(),
  /** Of the shown rows; null is missing. */
  values: z.array(z.union([z.string(), z.number(), z.null()])),
  /** Which of `values` this step changed, from 0. */
  differs: z.array(z.int()),
});
export type EffectColumn = z.infer<typeof EffectColumn>;

export const EffectStage = z.object({
  /** 0: the data as it is; 1: after the first step. */
  position: z.int(),
  step: z.string().nullable(),
  title: z.string().nullable(),
  /** Known from a call before: neither this step nor any before it, nor the data, has changed since. */
  reused: z.boolean(),
  columns: z.array(EffectColumn),
  removed: z.array(z.string()),
});
export type EffectStage = z.infer<typeof EffectStage>;

export const RecipeEffect = z.object({
  dataset: z.string(),
  /** Row numbers of the shown rows in the dataset, from 1. */
  rows: z.array(z.int()),
  /** How many training rows the steps learned from here; a run learns from all. */
  sample: z.int(),
  training: z.int(),
  /** Inputs of the model after the last step; null when it was not reached. */
  features: z.int().nullable(),
  stages: z.array(EffectStage),
  problems: z.array(z.object({ path: z.string(), message: z.string() })),
});
export type RecipeEffect = z.infer<typeof RecipeEffect>;

export const LeakageFinding = z.object({
  kind: z.enum([
    'not-known',
    'target-proxy',
    'duplicate-rows',
    'near-duplicate-rows',
    'group-on-both-sides',
    'duplicate-rows-across-folds',
    'near-duplicate-rows-across-folds',
    'group-across-folds',
    'identifier',
    'time-order',
  ]),
  severity: z.enum(['note', 'warn', 'block']),
  columns: z.array(z.string()),
  /** Rows it is about; 0 where it is about a column. */
  rows: z.int(),
  sentence: z.string(),
  /** Row numbers in the snapshot, 1 for the first; the training row beside it where there is one. At most five. */
  examples: z.array(z.object({ row: z.int(), trainRow: z.int().nullable() })),
});
export type LeakageFinding = z.infer<typeof LeakageFinding>;

/** A recipe that the workspace holds. */
export const KeptRecipe = z.object({
  hash: z.string(),
  /** The names it is pinned under. */
  pins: z.array(z.string()),
  target: z.string(),
  task: z.string(),
  family: z.string(),
  /** The kinds of its steps, in order. */
  steps: z.array(z.string()),
  /** How many runs were made by it. */
  runs: z.int(),
  created: z.string(),
});
export type KeptRecipe = z.infer<typeof KeptRecipe>;

const RecipeReference = z
  .string()
  .min(1)
  .describe(
    'the name a recipe is pinned under, a run made by it, or the first 6 characters or more of its hash',
  );

const PinName = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._ -]{0,99}$/u, 'a name of letters, digits, dots, dashes and blanks')
  .describe('the name to pin it under');

const MadeColumn = z.object({ name: z.string(), type: ColumnType });

export const recipes = {
  list: defineMethod({
    doc: 'The recipes that runs were made by, the newest first, with the names they are pinned under.',
    input: z.object({
      pinned: z.boolean().default(false).describe('only those that are pinned'),
      limit: z.int().min(1).max(1000).default(100).describe('how many at most'),
    }),
    output: z.object({ recipes: z.array(KeptRecipe) }),
  }),
  show: defineMethod({
    doc: 'A recipe in full, as YAML to copy and change.',
    input: z.object({ reference: RecipeReference }),
    output: KeptRecipe.extend({ recipe: z.record(z.string(), z.unknown()), yaml: z.string() }),
    cli: { args: ['reference'] },
  }),
  pin: defineMethod({
    doc: 'Pins a recipe under a name, to find it again and to compare with it.',
    input: z.object({ reference: RecipeReference, name: PinName }),
    output: KeptRecipe,
    cli: { args: ['reference', 'name'] },
  }),
  unpin: defineMethod({
    doc: 'Takes a name off a recipe; the recipe itself stays with its runs.',
    input: z.object({ name: z.string().min(1).describe('the name it is pinned under') }),
    output: KeptRecipe,
    cli: { args: ['name'] },
  }),
  diff: defineMethod({
    doc: 'What turns one recipe into another: each key, column and step that was added, removed or changed.',
    input: z.object({ a: RecipeReference, b: RecipeReference }),
    output: z.object({
      a: KeptRecipe,
      b: KeptRecipe,
      /** Empty when they are the same. */
      differences: z.array(
        z.object({
          /** `split.seed`, `steps[2].strategy`; a step's place from 0, in `b` unless it was removed. */
          path: z.string(),
          kind: z.enum(['added', 'removed', 'changed']),
          /** null where there is none. */
          before: z.unknown(),
          after: z.unknown(),
        }),
      ),
    }),
    cli: { args: ['a', 'b'] },
  }),
  resolve: defineMethod({
    doc: 'Fills in every default of a recipe for a dataset and says what is wrong with it, if anything. Changes nothing.',
    input: z.object({ recipe: RecipeInput, dataset: DatasetRef }),
    output: z.object({
      /** The resolved recipe, every default filled; null when there are problems. */
      recipe: z.record(z.string(), z.unknown()).nullable(),
      yaml: z.string().nullable(),
      hash: z.string().nullable(),
      /** Columns there are beside those of the data: taken from other datasets, and made of earlier rows. */
      made: z.object({ joined: z.array(MadeColumn), lags: z.array(MadeColumn) }),
      notes: z.array(z.string()),
      problems: z.array(z.object({ path: z.string(), message: z.string() })),
    }),
  }),
  effect: defineMethod({
    doc: 'What each step of a recipe makes of the data: some training rows before and after it, with what was added, removed and changed. The steps learn from at most 2,000 training rows. Changes nothing.',
    input: z.object({
      recipe: RecipeInput,
      dataset: DatasetRef,
      rows: z.int().min(1).max(200).default(10).describe('how many rows to show'),
    }),
    output: RecipeEffect,
    cli: { args: ['recipe'] },
  }),
  leakage: defineMethod({
    doc: 'What of the test rows, or of the answer, a model trained by this recipe would know already: rows that are in training and test, groups on both sides, the same between folds, single columns that give the target away, identifiers, test rows older than training rows. Changes nothing.',
    input: z.object({
      recipe: RecipeInput.describe('recipe (the command line reads it from a YAML file)'),
      dataset: DatasetRef,
      notKnown: z
        .array(z.string())
        .default([])
        .describe(
          'a column that is not known when a prediction is asked for; those declared of the dataset and named in the recipe are looked at too',
        ),
    }),
    output: z.object({
      dataset: z.string(),
      version: z.int(),
      /** The gravest first; empty when nothing was found. */
      findings: z.array(LeakageFinding),
    }),
    job: true,
    cli: { args: ['recipe'] },
  }),
  families: defineMethod({
    doc: 'The kinds of model, with their parameters as JSON Schema.',
    input: z.object({}),
    output: z.object({
      families: z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          doc: z.string(),
          readable: z.boolean(),
          tasks: z.array(z.string()),
          params: ParamsJsonSchema,
        }),
      ),
    }),
    anywhere: true,
  }),
  steps: defineMethod({
    doc: 'The kinds of step, with their parameters as JSON Schema.',
    input: z.object({}),
    output: z.object({
      steps: z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          doc: z.string(),
          /** Which columns it takes when the recipe does not say; null: the recipe must say. */
          selects: z.enum(['numbers', 'categories', 'all']).nullable(),
          /** Whether the recipe names its columns; else its parameters say what it reads. */
          picks: z.boolean(),
          params: ParamsJsonSchema,
        }),
      ),
    }),
    anywhere: true,
  }),
};
