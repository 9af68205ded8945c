import type { FitContext } from '../models/index.ts';
import type { ResolvedRecipe, Target, TypedColumn } from '../recipes/index.ts';
import { fitEnsemble, type EnsembleParts } from './ensembles/fit-ensemble.ts';
import { fitOne, type Fitted, type SplitRows } from './fit-one.ts';

export type { Fitted, SplitName, SplitOutcome } from './fit-one.ts';

/** Learns the steps and the model, or the models of a combination, from the training rows given, and predicts all rows given. */
export function fitRows(
  recipe: ResolvedRecipe,
  table: readonly TypedColumn[],
  target: Target,
  rows: SplitRows,
  context: Omit<FitContext, 'seed'>,
  parts: EnsembleParts = {},
): Promise<Fitted> {
  const { members } = recipe;
  return members
    ? fitEnsemble({ ...recipe, members }, table, target, rows, context, parts)
    : fitOne(recipe, table, target, rows, context);
}
