import type { Engine } from '../../preload/contract/common.ts';
import {
  familyById,
  type FitContext,
  type HistoryPoint,
  type Labelled,
  type ModelArtifact,
} from '../models/index.ts';
import {
  gatherTarget,
  refuseForeign,
  type FittedPipeline,
  type ResolvedRecipe,
  type Target,
  type TypedColumn,
} from '../recipes/index.ts';
import type { JudgedByFolds, OutOfFold } from './across-folds.ts';
import { balanceRows } from './balance/balance-rows.ts';
import { correctByFolds, correctModel } from './correct-model.ts';
import { prepareRows } from './prepare-rows.ts';
import { predictDesign } from './predict-table.ts';
import { rowWeights } from './row-weights.ts';

export type SplitName = 'train' | 'validation' | 'test';

/** What a split holds and what the model says of it. */
export interface SplitOutcome extends Labelled {
  /** Rows of the snapshot, from 0, ascending. */
  readonly rows: Int32Array;
  /** One value per row, or rows x classes probabilities, row-major. */
  readonly predictions: Float64Array;
}

/** A model with what it says of all three parts; a part may be empty. */
export interface Fitted {
  readonly pipeline: FittedPipeline;
  readonly artifact: ModelArtifact;
  readonly engine: Engine;
  readonly history: readonly HistoryPoint[];
  readonly outcomes: Readonly<Record<SplitName, SplitOutcome>>;
  readonly notes: readonly string[];
}

export type SplitRows = Readonly<Record<SplitName, Int32Array>>;

/** What the models of the folds said of the rows outside them, where the split has folds. */
export interface FoldPredictions extends Pick<JudgedByFolds, 'pooled'> {
  readonly outOfFold: OutOfFold;
  /** Of a combination: the same of each of its models, and what it says itself before it is calibrated. */
  readonly members?: readonly FoldPredictions[];
  readonly combined?: JudgedByFolds['pooled'];
}

/** Learns the steps and one model from the training rows given, and predicts all rows given. */
export async function fitOne(
  recipe: ResolvedRecipe,
  table: readonly TypedColumn[],
  target: Target,
  rows: SplitRows,
  { signal, progress }: Omit<FitContext, 'seed'>,
  byFolds?: FoldPredictions,
): Promise<Fitted> {
  const family = familyById(recipe.family);
  signal.throwIfAborted();
  progress(0.02, 'learning the steps');
  const { pipeline, designs } = prepareRows(recipe, table, target, rows, family.takes);
  refuseForeign(designs.train, family.id, family.takes);
  const part = (name: SplitName): Labelled => ({
    design: designs[name],
    target: gatherTarget(target, rows[name]),
    ...rowWeights(recipe, table, rows[name], name === 'train'),
  });
  const data = { train: part('train'), validation: part('validation'), test: part('test') };
  signal.throwIfAborted();
  progress(0.05, `training ${family.title.toLowerCase()}`);
  const balanced = balanceRows(recipe, data.train, rows.train);
  const fitted = await family.fit({ ...data, train: balanced.labelled }, family.params.parse(recipe.params), {
    seed: recipe.seed,
    signal,
    progress: (fraction, message, point) => progress(0.05 + 0.85 * fraction, message, point),
  });
  signal.throwIfAborted();
  progress(0.9, 'predicting');
  const { artifact, notes } = byFolds
    ? correctByFolds(
        fitted.artifact,
        recipe,
        {
          predictions: byFolds.outOfFold.said[0]!,
          target: gatherTarget(target, byFolds.outOfFold.rows),
          ...rowWeights(recipe, table, byFolds.outOfFold.rows, false),
        },
        byFolds.pooled,
      )
    : correctModel(fitted.artifact, recipe, data.validation);
  return {
    pipeline,
    artifact,
    engine: fitted.engine,
    history: fitted.history,
    outcomes: outcomesOf(artifact, data, rows),
    notes: [...balanced.notes, ...fitted.notes, ...notes],
  };
}

/** What a model says of each part. */
export function outcomesOf(
  artifact: ModelArtifact,
  data: Readonly<Record<SplitName, Labelled>>,
  rows: SplitRows,
): Fitted['outcomes'] {
  const of = (name: SplitName): SplitOutcome => ({
    ...data[name],
    rows: rows[name],
    predictions: predictDesign(artifact, data[name].design),
  });
  return { train: of('train'), validation: of('validation'), test: of('test') };
}
