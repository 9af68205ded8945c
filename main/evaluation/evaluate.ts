import type { Evaluated, MetricInfo } from '../../preload/contract/evaluation.ts';
import type { Figure } from '../../preload/contract/figures.ts';
import type { RunMetrics, SplitMetrics } from '../../preload/contract/training.ts';
import type * as z from 'zod';
import type { HistoryPoint } from '../models/index.ts';
import type { Target } from '../recipes/index.ts';
import type { FoldEvaluation, FoldSpread } from './folds.ts';
import { learningCurve } from './figures/learning-curve.ts';
import { figuresOf } from './figures/index.ts';
import { metrics } from './metrics/index.ts';
import { perClass } from './per-class.ts';
import { scored, type Scored } from './scored.ts';

export interface Outcome {
  readonly target: Target;
  /** `rows` values, or rows x classes probabilities, row-major. */
  readonly predictions: Float64Array;
}

export interface SplitEvaluation {
  readonly metrics: z.infer<typeof SplitMetrics>;
  readonly evaluated: z.infer<typeof Evaluated>;
}

/** Everything about a run's predictions, as it is stored: kind `evaluation`. */
export interface Evaluation {
  readonly metrics: z.infer<typeof RunMetrics>;
  readonly splits: Readonly<Record<'train' | 'validation' | 'test', z.infer<typeof Evaluated>>>;
  readonly figures: readonly Figure[];
}

/** Metrics of one split. O(rows x classes x log rows); a million rows of two classes take about a second. */
export function evaluate(outcome: Outcome): SplitEvaluation {
  return evaluateScored(scored(outcome.target, outcome.predictions));
}

export interface EvaluationFacts {
  readonly target: string;
  readonly history: readonly HistoryPoint[];
  /** The test rows were not looked at: there are no metrics of them. */
  readonly sealed?: boolean;
  /** Where the split has folds: each fold, and what all of them said of the rows they judged. */
  readonly folds?: FoldSpread & { readonly folds: readonly FoldEvaluation[]; readonly pooled: Outcome };
}

/**
 * Metrics of all three splits and the figures of the test rows, with the learning curve where there is one. With folds, validation is
 * the mean over them, and its confusion counts the rows of all. Without test rows the figures are of those that validate.
 */
export function evaluateSplits(
  outcomes: Readonly<Record<'train' | 'validation' | 'test', Outcome>>,
  { target, history, sealed = false, folds }: EvaluationFacts,
): Evaluation {
  const test = scored(outcomes.test.target, outcomes.test.predictions);
  const judging = folds?.pooled ?? outcomes.validation;
  const validation = scored(judging.target, judging.predictions);
  const splits = {
    train: evaluate(outcomes.train),
    validation: evaluateScored(validation),
    test: evaluateScored(test),
  };
  const figures =
    test.rows > 0 ? figuresOf(test, 'test', target) : figuresOf(validation, 'validation', target);
  return {
    metrics: {
      train: splits.train.metrics,
      validation: folds ? folds.mean : splits.validation.metrics,
      test: sealed ? {} : splits.test.metrics,
      ...(folds ? { folds: [...folds.folds], deviation: folds.deviation } : {}),
    },
    splits: {
      train: splits.train.evaluated,
      validation: folds ? ofFolds(splits.validation.evaluated, folds) : splits.validation.evaluated,
      test: sealed ? unseen : splits.test.evaluated,
    },
    figures: [...learningCurve(history), ...figures],
  };
}

const unseen: z.infer<typeof Evaluated> = {
  classes: [],
  confusion: null,
  perClass: [],
  undefinedBecause: {},
};

function ofFolds(
  evaluated: z.infer<typeof Evaluated>,
  { folds, mean }: NonNullable<EvaluationFacts['folds']>,
) {
  const undefinedBecause = Object.fromEntries(
    Object.entries(mean).flatMap(([name, value]) => {
      const reason = folds.find((fold) => name in fold.undefinedBecause)?.undefinedBecause[name];
      return value === null ? [[name, `in every fold: ${reason ?? 'no value'}`]] : [];
    }),
  );
  return { ...evaluated, undefinedBecause };
}

/** What each metric of a task means, in the order pages show them. */
export function aboutMetrics(ids: ReadonlySet<string>): z.infer<typeof MetricInfo>[] {
  return metrics
    .filter(({ id }) => ids.has(id))
    .map(({ id, title, doc, formula, direction, unit }) => ({ id, title, doc, formula, direction, unit }));
}

/** Stored values come back sorted by name (canonical JSON); people read them headline first. */
export function inMetricOrder(values: z.infer<typeof SplitMetrics>): z.infer<typeof SplitMetrics> {
  const ids = metrics.map(({ id }) => id).filter((id) => Object.hasOwn(values, id));
  return Object.fromEntries(ids.map((id) => [id, values[id] ?? null]));
}

function evaluateScored(split: Scored): SplitEvaluation {
  const values: Record<string, number | null> = {};
  const undefinedBecause: Record<string, string> = {};
  for (const { id, compute } of metrics) {
    const value = compute(split);
    if (value === undefined) continue;
    if (typeof value === 'number') values[id] = value;
    else {
      values[id] = null;
      undefinedBecause[id] = value.because;
    }
  }
  if (split.task === 'regression') {
    return { metrics: values, evaluated: { classes: [], confusion: null, perClass: [], undefinedBecause } };
  }
  const { classes, confusion } = split;
  const rows = perClass(split).map(({ precision, recall, f1, support }, k) => ({
    class: classes[k] ?? '',
    precision,
    recall,
    f1,
    support,
  }));
  const matrix = classes.map((_, k) =>
    Array.from(confusion.subarray(k * classes.length, (k + 1) * classes.length)),
  );
  return {
    metrics: values,
    evaluated: { classes: [...classes], confusion: matrix, perClass: rows, undefinedBecause },
  };
}
