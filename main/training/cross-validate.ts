import { evaluate, foldSpread, type FoldEvaluation } from '../evaluation/index.ts';
import type { FitContext } from '../models/index.ts';
import {
  divideRows,
  foldRows,
  gatherTarget,
  type DividedRows,
  type ResolvedRecipe,
  type TypedColumn,
} from '../recipes/index.ts';
import { takePlaces, type JudgedByFolds, type OutOfFold } from './across-folds.ts';
import { calibratedAcross } from './calibrated-across.ts';
import { fitRows } from './fit-rows.ts';
import { rowWeights } from './row-weights.ts';

/** How good a recipe is by the folds of its split. */
export interface CrossValidation extends JudgedByFolds {
  /** What the models of the folds said before anything was corrected by it. */
  readonly outOfFold: OutOfFold;
}

export interface CrossValidateOptions extends Omit<FitContext, 'seed'> {
  /** Told after each fold; what it throws stops the rest (a sweep that gives up a poor trial). */
  readonly onFold?: (fold: FoldEvaluation) => void;
}

/**
 * Trains and judges one model per fold: steps and model are learned from the fold's training rows alone, without validation rows, so that
 * nothing is stopped or pruned by the rows that judge; then the fold's other rows are scored. Where probabilities are calibrated, those of
 * a fold are by the rows of the others. Test rows are never touched.
 * The recipe's split must have folds (`split.folds`). The same table, recipe and engine give the same numbers.
 */
export async function crossValidate(
  whole: ResolvedRecipe,
  table: readonly TypedColumn[],
  { signal, progress, onFold }: CrossValidateOptions,
  { target: { target }, split }: Pick<DividedRows, 'target' | 'split'> = divideRows(whole, table),
): Promise<CrossValidation> {
  const { calibrate, conformal: _, ...recipe } = whole;
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
  const rows = Int32Array.from(judged.keys()).filter((row) => judged[row] === 1);
  const predictions = takePlaces(predicted, rows, width);
  const outOfFold = { rows, said: [predictions] };
  const pooled = { rows, target: gatherTarget(target, rows), predictions };
  if (calibrate === undefined) return { folds: evaluations, ...foldSpread(evaluations), pooled, outOfFold };
  const { weights } = rowWeights(recipe, table, rows, false);
  return { ...(await calibratedAcross(calibrate, pooled, { folds, target, weights })), outOfFold };
}
