import type { FoldResult, SplitMetrics } from '../../preload/contract/training.ts';
import type * as z from 'zod';

/** How good the model of one fold is on the rows that judge it. */
export type FoldEvaluation = z.infer<typeof FoldResult>;

type Metrics = z.infer<typeof SplitMetrics>;

/** Each metric over the folds. */
export interface FoldSpread {
  /** Arithmetic mean over the folds that have a value, each fold counting the same; null where none has. */
  readonly mean: Metrics;
  /** Sample standard deviation over those folds (divided by their count less one); null where fewer than two have a value. */
  readonly deviation: Metrics;
}

export function foldSpread(folds: readonly Pick<FoldEvaluation, 'metrics'>[]): FoldSpread {
  const mean: Metrics = {};
  const deviation: Metrics = {};
  for (const name of new Set(folds.flatMap(({ metrics }) => Object.keys(metrics)))) {
    const values = folds.flatMap(({ metrics }) => metrics[name] ?? []);
    const n = values.length;
    const middle = values.reduce((sum, value) => sum + value, 0) / n;
    mean[name] = n > 0 ? middle : null;
    const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
    deviation[name] = n > 1 ? Math.sqrt(squares / (n - 1)) : null;
  }
  return { mean, deviation };
}
