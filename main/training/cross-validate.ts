import { evaluate, foldSpread, type FoldEvaluation, type FoldSpread } from '../evaluation/index.ts';
import type { FitContext } from '../models/index.ts';
import {
  divideRows,
  foldRows,
  gatherTarget,
  type DividedRows,
  type ResolvedRecipe,
  type Target,
  type TypedColumn,
} from '../recipes/index.ts';
import { fitRows } from './fit-rows.ts';

/** How good a recipe is by the folds of its split. */
export interface CrossValidation extends FoldSpread {
  readonly folds: readonly FoldEvaluation[];
  /** Every row that a fold judged, and what the fold's model said of it: pooled, ascending by row. */
  readonly pooled: { readonly rows: Int32Array; readonly target: Target; readonly predictions: Float64Array };
}

export interface CrossValidateOptions extends Omit<FitContext, 'seed'> {
  /** Told after each fold; what it throws stops the rest (a sweep that gives up a poor trial). */
  readonly onFold?: (fold: FoldEvaluation) => void;
}

/**
 * Trains and judges one model per fold: steps and model are learned from the fold's training rows alone, without validation rows, so that
 * nothing is stopped or pruned by the rows that judge; then the fold's other rows are scored. Test rows are never touched.
 * The recipe's split must have folds (`split.folds`). The same table, recipe and engine give the same numbers.
 */
export async function crossValidate(
  recipe: ResolvedRecipe,
  table: readonly TypedColumn[],
  { signal, progress, onFold }: CrossValidateOptions,
  { target: { target }, split }: Pick<DividedRows, 'target' | 'split'> = divideRows(recipe, table),
): Promise<CrossValidation> {
  const { folds } = split;
  if (!folds) throw new TypeError('the split has no folds');
  const none = new Int32Array(0);
  const width = target.task === 'regression' ? 1 : target.classes.length;
  const predicted = new Float64Array(folds.of.length * width);
  const judged = new Uint8Array(folds.of.length);
  const evaluations: FoldEvaluation[] = [];
  for (let fold = 1; fold <= folds.count; fold++) {
    const rows = foldRows(folds, fold);
    const { outcomes } = await fitRows(
      recipe,
      table,
      target,
      { train: rows.train, validation: none, test: rows.validation },
      {
        signal,
        progress: (fraction, message) =>
          progress((fold - 1 + fraction) / folds.count, `fold ${fold} of ${folds.count}: ${message}`),
      },
    );
    const { predictions } = outcomes.test;
    rows.validation.forEach((row, i) => {
      judged[row] = 1;
      predicted.set(predictions.subarray(i * width, (i + 1) * width), row * width);
    });
    const { metrics, evaluated } = evaluate(outcomes.test);
    const evaluation: FoldEvaluation = {
      fold,
      train: rows.train.length,
      rows: rows.validation.length,
      metrics,
      undefinedBecause: evaluated.undefinedBecause,
    };
    evaluations.push(evaluation);
    onFold?.(evaluation);
  }
  const pooledRows = Int32Array.from(judged.keys()).filter((row) => judged[row] === 1);
  const predictions = new Float64Array(pooledRows.length * width);
  pooledRows.forEach((row, i) =>
    predictions.set(predicted.subarray(row * width, (row + 1) * width), i * width),
  );
  return {
    folds: evaluations,
    ...foldSpread(evaluations),
    pooled: { rows: pooledRows, target: gatherTarget(target, pooledRows), predictions },
  };
}
