import type { FitContext } from '../models/index.ts';
import type { ResolvedRecipe, Target, TypedColumn } from '../recipes/index.ts';
import { fitEnsemble, type MemberModel } from './ensembles/fit-ensemble.ts';
import { fitOne, type Fitted, type FoldPredictions, type SplitRows } from './fit-one.ts';

export type { Fitted, SplitName, SplitOutcome } from './fit-one.ts';

/** What is there already. */
export interface FitParts {
  /** The models of a combination, where they need not be trained again. */
  readonly models?: readonly MemberModel[] | undefined;
  readonly byFolds?: FoldPredictions | undefined;
}

/** Learns the steps and the model, or the models of a combination, from the training rows given, and predicts all rows given. */
export function fitRows(
  recipe: ResolvedRecipe,
  table: readonly TypedColumn[],
  target: Target,
  rows: SplitRows,
  context: Omit<FitContext, 'seed'>,
  { models, byFolds }: FitParts = {},
): Promise<Fitted> {
  const { members } = recipe;
  return members
    ? fitEnsemble({ ...recipe, members }, table, target, rows, context, { models, byFolds })
    : fitOne(recipe, table, target, rows, context, byFolds);
}
