import { fail } from '../../preload/contract/errors.ts';
import type { Engine } from '../../preload/contract/common.ts';
import {
  familyById,
  type FitContext,
  type HistoryPoint,
  type Labelled,
  type ModelArtifact,
} from '../models/index.ts';
import {
  applyPipeline,
  fitPipeline,
  gatherTarget,
  recipeInputs,
  refuseForeign,
  type FittedPipeline,
  type ResolvedRecipe,
  type Target,
  type TypedColumn,
} from '../recipes/index.ts';
import { correctModel } from './correct-model.ts';
import { predictDesign } from './predict-table.ts';

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

/** Learns the steps and one model from the training rows given, and predicts all rows given. */
export async function fitOne(
  recipe: ResolvedRecipe,
  table: readonly TypedColumn[],
  target: Target,
  rows: SplitRows,
  { signal, progress }: Omit<FitContext, 'seed'>,
): Promise<Fitted> {
  const family = familyById(recipe.family);
  const columns = table.map(({ column }) => column);
  signal.throwIfAborted();
  progress(0.02, 'learning the steps');
  const { pipeline, design } = fitPipeline(recipeInputs(recipe, table), columns, recipe.steps, {
    rows: rows.train,
    gaps: family.takes.missing,
    target: gatherTarget(target, rows.train),
    seed: recipe.seed,
  });
  refuseForeign(design, family.id, family.takes);
  const part = (name: SplitName): Labelled => ({
    design: name === 'train' ? design : applyPipeline(pipeline, columns, rows[name]),
    target: gatherTarget(target, rows[name]),
    ...rowWeights(recipe, table, rows[name], name === 'train'),
  });
  const data = { train: part('train'), validation: part('validation'), test: part('test') };
  signal.throwIfAborted();
  progress(0.05, `training ${family.title.toLowerCase()}`);
  const fitted = await family.fit(data, family.params.parse(recipe.params), {
    seed: recipe.seed,
    signal,
    progress: (fraction, message, point) => progress(0.05 + 0.85 * fraction, message, point),
  });
  signal.throwIfAborted();
  progress(0.9, 'predicting');
  const { artifact, notes } = correctModel(fitted.artifact, recipe, data.validation);
  const outcome = (name: SplitName): SplitOutcome => ({
    ...data[name],
    rows: rows[name],
    predictions: predictDesign(artifact, data[name].design),
  });
  return {
    pipeline,
    artifact,
    engine: fitted.engine,
    history: fitted.history,
    outcomes: { train: outcome('train'), validation: outcome('validation'), test: outcome('test') },
    notes: [...fitted.notes, ...notes],
  };
}

/** The weights of some rows, checked; a training part must have one that is not 0. */
function rowWeights(
  { weight }: ResolvedRecipe,
  table: readonly TypedColumn[],
  rows: Int32Array,
  training: boolean,
): Pick<Labelled, 'weights'> {
  if (weight === undefined) return {};
  const column = table.find((one) => one.column.name === weight)?.column;
  if (column?.kind !== 'number') {
    throw fail('input-column-missing', { column: weight, known: table.map((one) => one.column.name) });
  }
  const weights = Float64Array.from(rows, (row) => column.values[row] ?? Number.NaN);
  const wrong = weights.findIndex((value) => !(value >= 0 && value < Infinity));
  if (wrong >= 0) {
    const value = weights[wrong] ?? Number.NaN;
    const found = Number.isNaN(value) ? 'missing' : String(value);
    throw fail('weight-wrong', { column: weight, row: (rows[wrong] ?? 0) + 1, found });
  }
  if (training && weights.every((value) => value === 0)) {
    throw fail('weight-none', { column: weight, rows: rows.length });
  }
  return { weights };
}
