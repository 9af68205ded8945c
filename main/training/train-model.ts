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
  makeSplit,
  makeTarget,
  recipeInputs,
  refuseForeign,
  splitCounts,
  splitRows,
  type FittedPipeline,
  type ResolvedRecipe,
  type Split,
  type TypedColumn,
} from '../recipes/index.ts';
import { predictDesign } from './predict-table.ts';

type SplitName = 'train' | 'validation' | 'test';

/** What a split holds and what the model says of it. */
export interface SplitOutcome extends Labelled {
  /** Rows of the snapshot, from 0, ascending. */
  readonly rows: Int32Array;
  /** One value per row, or rows x classes probabilities, row-major. */
  readonly predictions: Float64Array;
}

export interface TrainedModel {
  readonly split: Split;
  readonly pipeline: FittedPipeline;
  readonly artifact: ModelArtifact;
  readonly engine: Engine;
  readonly history: readonly HistoryPoint[];
  readonly outcomes: Readonly<Record<SplitName, SplitOutcome>>;
  readonly notes: readonly string[];
}

/**
 * Trains one model by a resolved recipe: divides the rows, learns the steps and the model from the training rows, predicts
 * all three parts. The same table, recipe and engine give the same bits.
 */
export async function trainModel(
  recipe: ResolvedRecipe,
  table: readonly TypedColumn[],
  context: Omit<FitContext, 'seed'>,
): Promise<TrainedModel> {
  const { signal, progress } = context;
  const family = familyById(recipe.family);
  const columns = table.map(({ column }) => column);
  const target = makeTarget(targetColumn(recipe, table), recipe.task);
  const by = table.find(({ column }) => column.name === recipe.split.by)?.column;
  const split = makeSplit(recipe.split, recipe.target, target, by);
  const rows = {
    train: splitRows(split, 'train'),
    validation: splitRows(split, 'validation'),
    test: splitRows(split, 'test'),
  };
  signal.throwIfAborted();
  progress(0.02, 'learning the steps');
  const { pipeline, design } = fitPipeline(
    recipeInputs(recipe, table),
    columns,
    recipe.steps,
    rows.train,
    family.takes.missing,
  );
  refuseForeign(design, family.id, family.takes);
  const part = (name: SplitName): Labelled => ({
    design: name === 'train' ? design : applyPipeline(pipeline, columns, rows[name]),
    target: gatherTarget(target.target, rows[name]),
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
  const outcome = (name: SplitName): SplitOutcome => ({
    ...data[name],
    rows: rows[name],
    predictions: predictDesign(fitted.artifact, data[name].design),
  });
  return {
    split,
    pipeline,
    artifact: fitted.artifact,
    engine: fitted.engine,
    history: fitted.history,
    outcomes: { train: outcome('train'), validation: outcome('validation'), test: outcome('test') },
    notes: [...dataNotes(recipe, split, target.rows, pipeline, data.train), ...fitted.notes],
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

function targetColumn(recipe: ResolvedRecipe, table: readonly TypedColumn[]): TypedColumn {
  const found = table.find(({ column }) => column.name === recipe.target);
  if (found) return found;
  throw fail('target-missing', { target: recipe.target, known: table.map(({ column }) => column.name) });
}

/** What a user must know of the rows. */
function dataNotes(
  recipe: ResolvedRecipe,
  split: Split,
  /** Rows that have a target. */
  known: number,
  pipeline: FittedPipeline,
  train: Labelled,
): string[] {
  const notes: string[] = [];
  const { leftOut } = splitCounts(split);
  const untold = split.parts.length - known;
  if (untold > 0) {
    notes.push(
      `${untold} of ${split.parts.length} rows have no value of "${recipe.target}" and are left out`,
    );
  }
  if (leftOut > untold) {
    const { method, by } = recipe.split;
    const why = { time: 'lie in the gap between two parts, or have no time', key: 'have no key' }[
      method as string
    ];
    notes.push(
      `${leftOut - untold} of ${split.parts.length} rows ${why ?? 'are in none of the parts'} by "${by}" and are left out`,
    );
  }
  if (pipeline.features.length > train.design.rows) {
    notes.push(
      `there are more features (${pipeline.features.length}) than training rows (${train.design.rows}): the model can fit the training rows by heart, so trust only the test metrics`,
    );
  }
  const { target } = train;
  if (target.task === 'classification') {
    const counts = new Uint32Array(target.classes.length);
    for (const code of target.codes) counts[code] = (counts[code] ?? 0) + 1;
    target.classes.forEach((label, code) => {
      const rows = counts[code] ?? 0;
      if (rows <= 1) {
        notes.push(
          rows === 0
            ? `class "${label}" has no training row, so the model can't learn it`
            : `class "${label}" has one training row only, so its predictions mean little`,
        );
      }
    });
  }
  return notes;
}
