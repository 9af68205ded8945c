import type { FitContext, Labelled } from '../models/index.ts';
import {
  divideRows,
  splitCounts,
  splitRows,
  takeHistory,
  type DividedRows,
  part,
  type Inherited,
  type FittedPipeline,
  type ResolvedRecipe,
  type Split,
  type TypedColumn,
} from '../recipes/index.ts';
import { crossValidate, type CrossValidation } from './cross-validate.ts';
import { fail } from '../../preload/contract/errors.ts';
import { testRowsOf } from './holdout/looks.ts';
import { crossValidateEnsemble, type EnsembleCrossValidation } from './ensembles/cross-validate-ensemble.ts';
import type { MemberModel } from './ensembles/fit-ensemble.ts';
import { fitRows, type Fitted } from './fit-rows.ts';

export interface TrainedModel extends Fitted {
  readonly split: Split;
  /** How good the recipe is where the split has folds. */
  readonly folds: CrossValidation | undefined;
}

/** Whether test rows may be looked at. */
export interface TestAccess {
  /** Test rows of this snapshot that are sealed, by `testRowsOf`, with the run that sealed them: a recipe that would look at them is refused. */
  readonly sealed?: Readonly<Record<string, string>>;
  /** Looks at sealed test rows all the same: to make a run again whose test rows were opened. */
  readonly open?: boolean;
}

function refuseSealed(split: Split, sealed: NonNullable<TestAccess['sealed']>): void {
  const rows = testRowsOf(split);
  const run = rows === null ? undefined : sealed[rows];
  if (run !== undefined) throw fail('holdout-sealed-rows', { run });
}

/**
 * Trains one model by a resolved recipe: divides the rows, learns the steps and the model from the training rows, predicts
 * all three parts. With folds, a model for each comes first. The same table, recipe and engine give the same bits.
 */
export async function trainModel(
  recipe: ResolvedRecipe,
  table: readonly TypedColumn[],
  context: Omit<FitContext, 'seed'>,
  { sealed = {}, open = false }: TestAccess = {},
  /** The models of a combination, where they are trained already. */
  models?: readonly MemberModel[],
  inherited?: Inherited,
): Promise<TrainedModel> {
  const { signal, progress } = context;
  const divided = divideRows(recipe, table, inherited);
  const { target, split, filtered } = divided;
  const shut = recipe.split.sealed === true && !open;
  if (!recipe.split.sealed) refuseSealed(split, sealed);
  const shareOfFolds = split.folds ? split.folds.count / (split.folds.count + 1) : 0;
  const folds = split.folds && (await judgeByFolds(recipe, table, divided, shareOfFolds, context));
  const rows = {
    train: splitRows(split, 'train'),
    validation: splitRows(split, 'validation'),
    test: shut ? new Int32Array(0) : splitRows(split, 'test'),
  };
  const fitted = await fitRows(
    recipe,
    table,
    target.target,
    rows,
    {
      signal,
      progress: (fraction, message, point) =>
        progress(shareOfFolds + (1 - shareOfFolds) * fraction, message, point),
    },
    { models, byFolds: folds },
  );
  const { pipeline, outcomes, notes } = fitted;
  return {
    ...fitted,
    pipeline: recipe.lags ? { ...pipeline, history: takeHistory(recipe.lags, table) } : pipeline,
    split,
    folds,
    notes: [
      ...inheritedNotes(inherited, split),
      ...dataNotes(recipe, split, target.rows, filtered, pipeline, outcomes.train),
      ...notes,
    ],
  };
}

function judgeByFolds(
  recipe: ResolvedRecipe,
  table: readonly TypedColumn[],
  divided: DividedRows,
  share: number,
  { signal, progress }: Omit<FitContext, 'seed'>,
): Promise<CrossValidation | EnsembleCrossValidation> {
  const { members } = recipe;
  const options = {
    signal,
    progress: (fraction: number, message: string) => progress(share * fraction, message),
  };
  return members
    ? crossValidateEnsemble({ ...recipe, members }, table, options, divided)
    : crossValidate(recipe, table, options, divided);
}

/** How many rows kept their side, and how many are new. */
function inheritedNotes(inherited: Inherited | undefined, { parts }: Split): string[] {
  if (!inherited) return [];
  const divided = parts.filter((code) => code !== part.leftOut).length;
  const kept = parts.filter((code, row) => code !== part.leftOut && code === inherited.parts[row]).length;
  return [
    `${kept} rows keep the side they had in the inherited split; ${divided - kept} new ones were divided by its rule`,
  ];
}

/** What a user must know of the rows. */
function dataNotes(
  recipe: ResolvedRecipe,
  split: Split,
  /** Rows that have a target. */
  known: number,
  /** Rows that the filter keeps out. */
  filtered: number,
  pipeline: FittedPipeline,
  train: Labelled,
): string[] {
  const notes: string[] = [];
  const { leftOut } = splitCounts(split);
  const { filter } = recipe;
  const untold = split.parts.length - known - (filter?.rows === 'all' ? filtered : 0);
  if (untold > 0) {
    notes.push(
      `${untold} of ${split.parts.length} rows have no value of "${recipe.target}" and are left out`,
    );
  }
  if (filter) {
    const rows = filter.rows === 'all' ? 'rows' : 'training rows';
    notes.push(`${filtered} ${rows} are left out by the filter "${filter.where}"`);
  }
  if (leftOut > untold + filtered) {
    const { method, by } = recipe.split;
    const why = { time: 'lie in the gap between two parts, or have no time', key: 'have no key' }[
      method as string
    ];
    notes.push(
      `${leftOut - untold - filtered} of ${split.parts.length} rows ${why ?? 'are in none of the parts'} by "${by}" and are left out`,
    );
  }
  const features = Math.max(...(pipeline.members ?? [pipeline]).map((one) => one.features.length));
  if (features > train.design.rows) {
    notes.push(
      `there are more features (${features}) than training rows (${train.design.rows}): the model can fit the training rows by heart, so trust only the test metrics`,
    );
  }
  const { target } = train;
  if (target.task === 'classification') {
    const counts = new Uint32Array(target.classes.length);
    for (const code of target.codes) counts[code] = (counts[code] ?? 0) + 1;
    target.classes.forEach((label, code) => {
      const rows = counts[code] ?? 0;
      const folds = split.folds?.count ?? 0;
      if (rows > 1 && rows < folds) {
        notes.push(`class "${label}" has ${rows} training rows, so not each of the ${folds} folds has one`);
      }
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
