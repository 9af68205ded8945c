import { exampleOf, type Metric } from '../evaluation/index.ts';
import type { Page } from './page.ts';

const units: Readonly<Record<Metric['unit'], string>> = {
  target: 'the unit of the target',
  'target squared': 'the unit of the target, squared',
  ratio: 'a share',
  nats: 'nats',
};

/** Cards that explain what a metric is made of. */
const related: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(roc_auc)$/, ['roc-curve', 'threshold']],
  [/^(average_precision|pr_auc)$/, ['precision-recall-curve', 'class-imbalance']],
  [/^(log_loss|brier_score)$/, ['calibration-curve', 'threshold']],
  [/accuracy|precision|recall|f1/, ['confusion-matrix', 'class-imbalance']],
  [/error|r2/, ['residual', 'baseline']],
];

/** A metric explains itself: meaning, formula, direction, and its own value for a few rows. */
export function metricPage(metric: Metric): Page {
  const { id, title, doc, formula, direction, unit } = metric;
  const example = exampleOf(metric);
  return {
    id,
    kind: 'metric',
    title,
    short: doc,
    text: `${direction === 'higher' ? 'Higher is better.' : 'Lower is better.'} Measured in ${units[unit]}. Computed as in scikit-learn, to nine digits.`,
    formula,
    drawing: null,
    example: example
      ? { ...example, columns: [...example.columns], rows: example.rows.map((row) => [...row]) }
      : null,
    see: related.find(([pattern]) => pattern.test(id))?.[1] ?? ['baseline'],
  };
}
