import type { Comparison } from '../../preload/contract/evaluation.ts';
import { mean, studentQuantile, studentTwoSided } from '../math/index.ts';
import { comparisonSentence } from './compare-outcomes.ts';
import type { FoldEvaluation } from './folds.ts';
import { metrics } from './metrics/index.ts';

/** What two models are compared by, fold for fold. */
const compared = [
  'mean_absolute_error',
  'root_mean_squared_error',
  'accuracy',
  'log_loss',
  'roc_auc',
] as const;

/**
 * Two recipes by the same folds: for each metric the corrected resampled t test (Nadeau and Bengio 2003) of the differences of the folds.
 * Folds share training rows, so that their differences vary less than those of new data would: their variance is taken times
 * 1/k + rows that judge / rows that train. Only folds that both have, and where the metric is defined for both; at least two.
 */
export function compareFolds(a: readonly FoldEvaluation[], b: readonly FoldEvaluation[]): Comparison[] {
  return metrics
    .filter(({ id }) => compared.some((name) => name === id))
    .flatMap(({ id, direction }) => {
      const pairs = a.flatMap((one) => {
        const other = b.find(({ fold }) => fold === one.fold);
        const [x, y] = [one.metrics[id], other?.metrics[id]];
        return typeof x === 'number' && typeof y === 'number' ? [{ x, y, ratio: one.rows / one.train }] : [];
      });
      return pairs.length < 2 ? [] : [correctedT(id, pairs, direction)];
    });
}

interface Pair {
  readonly x: number;
  readonly y: number;
  /** Rows that judge the fold, by those that train it. */
  readonly ratio: number;
}

function correctedT(what: string, pairs: readonly Pair[], direction: 'higher' | 'lower'): Comparison {
  const k = pairs.length;
  const differences = Float64Array.from(pairs, ({ x, y }) => y - x);
  const difference = mean(differences);
  const variance = differences.reduce((sum, value) => sum + (value - difference) ** 2, 0) / (k - 1);
  const error = Math.sqrt((1 / k + mean(pairs.map(({ ratio }) => ratio))) * variance);
  const spread = studentQuantile(0.975, k - 1) * error;
  const facts = {
    what,
    a: mean(pairs.map(({ x }) => x)),
    b: mean(pairs.map(({ y }) => y)),
    difference,
    low: difference - spread,
    high: difference + spread,
    p: error > 0 ? studentTwoSided(difference / error, k - 1) : difference === 0 ? 1 : 0,
  };
  return {
    ...facts,
    test: 'corrected-resampled-t',
    sentence: `over ${k} folds ${comparisonSentence(facts, direction)}`,
  };
}
