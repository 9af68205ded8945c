import { defineClassMetric, type Metric, type Undefined } from '../metric.ts';
import { positiveClass, type Ranking, type ScoredClasses } from '../scored.ts';

/**
 * Area under the ROC curve by the trapezoidal rule over distinct thresholds: the chance that a random row of the class gets a
 * higher probability than a random other row, ties counting half (Hanley and McNeil 1982).
 */
export function areaUnderRoc({ truePositives, falsePositives, positives, negatives }: Ranking): number {
  let area = 0;
  let lastTrue = 0;
  let lastFalse = 0;
  truePositives.forEach((hits, i) => {
    const misses = falsePositives[i] ?? 0;
    area += ((misses - lastFalse) * (hits + lastTrue)) / 2;
    lastTrue = hits;
    lastFalse = misses;
  });
  return area / (positives * negatives);
}

/** Σ (recall step) x precision, as scikit-learn's average_precision_score: no interpolation. */
export function averagePrecision({ truePositives, falsePositives, positives }: Ranking): number {
  let area = 0;
  let last = 0;
  truePositives.forEach((hits, i) => {
    area += ((hits - last) / positives) * (hits / (hits + (falsePositives[i] ?? 0)));
    last = hits;
  });
  return area;
}

/** Trapezoidal area under scikit-learn's precision_recall_curve, which starts at precision 1 and recall 0. */
export function areaUnderPrecisionRecall({ truePositives, falsePositives, positives }: Ranking): number {
  let area = 0;
  let lastRecall = 0;
  let lastPrecision = 1;
  for (const [i, hits] of truePositives.entries()) {
    const recall = hits / positives;
    const precision = hits / (hits + (falsePositives[i] ?? 0));
    area += ((recall - lastRecall) * (precision + lastPrecision)) / 2;
    lastRecall = recall;
    lastPrecision = precision;
  }
  return area;
}

/** The positive class's value for two classes; for more, the mean over one-against-the-rest, each class counting the same. */
function overClasses(s: ScoredClasses, area: (ranking: Ranking) => number): number | Undefined {
  const wanted = s.classes.length === 2 ? s.ranked.slice(positiveClass) : s.ranked;
  const lacking = s.classes.find((_, k) => {
    const ranking = s.classes.length === 2 ? s.ranked[positiveClass] : s.ranked[k];
    if (!ranking) return true;
    return s.classes.length === 2 && k === 0 ? ranking.negatives === 0 : ranking.positives === 0;
  });
  if (lacking !== undefined) return { because: `no row of this split is of class "${lacking}"` };
  if (s.classes.length < 2) return { because: 'there is one class only' };
  return wanted.reduce((sum, ranking) => sum + area(ranking), 0) / wanted.length;
}

export const rankingMetrics: readonly Metric[] = [
  defineClassMetric({
    id: 'roc_auc',
    title: 'ROC AUC',
    doc: 'How well probabilities rank: the chance that a row of the class gets a higher one than another row. 0.5 is a coin. With several classes: mean of each against the rest.',
    formula: 'area under true positive rate over false positive rate',
    direction: 'higher',
    unit: 'ratio',
    working: 'pairs of a yes and a no in the right order, 5 + 4 + 3 of 3 · 5: (5 + 4 + 3) / (3 · 5) = 0.8',
    of: (s) => overClasses(s, areaUnderRoc),
  }),
  defineClassMetric({
    id: 'average_precision',
    title: 'Average precision',
    doc: 'Precision averaged over all recalls; tells more than ROC AUC where the class is rare. With several classes: mean of each against the rest.',
    formula: 'Σ (Rₙ - Rₙ₋₁) Pₙ',
    direction: 'higher',
    unit: 'ratio',
    working: '1/3 · 1/1 + 1/3 · 2/3 + 1/3 · 3/5 = 0.7556',
    of: (s) => overClasses(s, averagePrecision),
  }),
  defineClassMetric({
    id: 'pr_auc',
    title: 'PR AUC',
    doc: 'Area under the precision-recall curve with straight lines between its points; a little kinder than average precision.',
    formula: 'area under precision over recall (trapezoids)',
    direction: 'higher',
    unit: 'ratio',
    working: '1/3 · (1 + 1) / 2 + 1/3 · (1/2 + 2/3) / 2 + 1/3 · (2/4 + 3/5) / 2 = 0.7111',
    of: (s) => overClasses(s, areaUnderPrecisionRecall),
  }),
];
