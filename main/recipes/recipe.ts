import * as z from 'zod';
import { JoinPlan, WrittenJoin } from './join/plan.ts';
import { LagPlan, WrittenLags } from './lags/plan.ts';
import { Digest, Task } from '../../preload/contract/common.ts';

/** Columns by name, or all of a kind at that point of the recipe. */
export const ColumnSelector = z.union([z.enum(['numbers', 'categories', 'all']), z.array(z.string()).min(1)]);
export type ColumnSelector = z.infer<typeof ColumnSelector>;

/** `step` and `columns`, and beside them the step's own parameters. */
export const RecipeStep = z.looseObject({ step: z.string(), columns: ColumnSelector.optional() });
export type RecipeStep = z.infer<typeof RecipeStep>;

/**
 * How rows are divided: at random; at random within each class; with all rows of a group on one side; the oldest train and the
 * newest test; by a hash of a key, so that the same key is on the same side in every later snapshot; as a column says.
 */
export const SplitMethod = z.enum(['random', 'stratified', 'group', 'time', 'key', 'column']);
export type SplitMethod = z.infer<typeof SplitMethod>;

/**
 * The recorded split whose sides are kept, and how its rows are known again: by a key column, or by what they say in all columns that both
 * snapshots have. All else of the plan is the recorded one's; it divides the rows that are new.
 */
export const InheritedSplit = z.strictObject({
  /** Digest of the split. */
  from: Digest,
  /** Digest of the manifest of the snapshot that it divides. */
  data: Digest,
  /** A split by group is known again by its groups. */
  key: z.string().min(1).optional(),
});
export type InheritedSplit = z.infer<typeof InheritedSplit>;

/** Which rows train, validate and test. Shares add up to 1; all are 0 where a column says it. */
export const SplitPlan = z.strictObject({
  method: SplitMethod,
  train: z.number().min(0).max(1),
  validation: z.number().min(0).max(1),
  test: z.number().min(0).max(1),
  /** The column of groups, times, keys or parts; absent for `random` and `stratified`. */
  by: z.string().min(1).optional(),
  /** `time`: at least so many days (of a date or moment), or units of the column, lie between two parts. */
  gap: z.number().min(0).optional(),
  /** The training rows are judged by each other in so many folds; then no row validates. `time`: each fold by those before it. */
  folds: z.int().min(2).max(100).optional(),
  /** No model is scored by the test rows until they are opened, once. */
  sealed: z.boolean().optional(),
  inherit: InheritedSplit.optional(),
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1),
});
export type SplitPlan = z.infer<typeof SplitPlan>;

/**
 * Which rows a recipe is about: those for which `where`, an expression over the columns of the data, is true. `all`: no others train,
 * validate or test; `training`: no others train.
 */
export const RowFilter = z.strictObject({
  where: z.string().min(1),
  rows: z.enum(['all', 'training']),
});
export type RowFilter = z.infer<typeof RowFilter>;

const Seed = z
  .int()
  .min(0)
  .max(2 ** 31 - 1);

/** By Platt's sigmoid of the log-odds, or by isotonic regression. */
export const CalibrationMethod = z.enum(['platt', 'isotonic']);
export type CalibrationMethod = z.infer<typeof CalibrationMethod>;

/** How a model learns from classes of unequal size. */
export const Balance = z.strictObject({
  /**
   * `over`: training rows of small classes are repeated; `under`: of large classes only some are learned from; `weights`: rows count by their
   * class.
   */
  by: z.enum(['over', 'under', 'weights']),
  /** Rows (or weight) of the smallest class for each of the largest, nearly. */
  ratio: z.number().gt(0).max(1),
});
export type Balance = z.infer<typeof Balance>;

/** A recipe of one model. */
const OneModel = z.strictObject({
  target: z.string(),
  task: Task,
  /** A number column with how much each training row counts; absent when all count the same. */
  weight: z.string().optional(),
  features: z.array(z.string()).min(1),
  /** Columns that are not known when a prediction is asked for: none of them is a feature. */
  not_known: z.array(z.string()).min(1).optional(),
  join: z.array(JoinPlan).min(1).optional(),
  filter: RowFilter.optional(),
  lags: LagPlan.optional(),
  split: SplitPlan,
  balance: Balance.optional(),
  steps: z.array(RecipeStep),
  family: z.string(),
  params: z.record(z.string(), z.unknown()),
  /** How a classifier's probabilities are made honest, from the validation rows; absent: not at all. */
  calibrate: CalibrationMethod.optional(),
  /** Whether it is learned from the validation rows how far predictions are off, for intervals. */
  conformal: z.literal(true).optional(),
  seed: Seed,
});

/** A recipe with nothing left to choose: what is hashed, recorded and trained by. */
export const ResolvedRecipe = OneModel.extend({
  /** The recipes of the models that this one combines, in their order; all are about the same rows. */
  members: z.array(OneModel).min(2).optional(),
});
export type ResolvedRecipe = z.infer<typeof ResolvedRecipe>;

/** The seed when a recipe names none. */
export const defaultSeed = 42;

/** A recipe as written: `features` or `exclude`, and every key but `target` and `family` may be left out. */
export const WrittenRecipe = z.strictObject({
  target: z.string().min(1),
  task: Task.optional(),
  weight: z.string().min(1).optional(),
  features: z.array(z.string()).min(1).optional(),
  exclude: z.array(z.string()).optional(),
  not_known: z.array(z.string()).optional(),
  join: z.array(WrittenJoin).min(1).optional(),
  filter: RowFilter.partial({ rows: true }).optional(),
  lags: WrittenLags.optional(),
  split: SplitPlan.partial()
    .extend({
      /** A run, or six characters or more of a split's digest; in full with the data and the key. */
      inherit: z
        .union([
          z.string().min(1),
          z.strictObject({ from: z.string().min(1), data: Digest.optional(), key: z.string().optional() }),
        ])
        .optional(),
      /** Written beside a short `inherit`. */
      key: z.string().min(1).optional(),
    })
    .optional(),
  balance: Balance.partial({ ratio: true }).optional(),
  steps: z.array(RecipeStep).optional(),
  family: z.string().min(1),
  params: z.record(z.string(), z.unknown()).optional(),
  calibrate: CalibrationMethod.optional(),
  conformal: z.boolean().optional(),
  seed: Seed.optional(),
});
export type WrittenRecipe = z.infer<typeof WrittenRecipe>;

/** Something wrong with a recipe, and where in it: `steps[1].columns`. */
export interface Problem {
  readonly path: string;
  readonly message: string;
}
