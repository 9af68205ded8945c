import type { Run } from '../../../../preload/contract/training.ts';
import { textTable } from '../text-table.ts';
import { counted, formatMetric, formatNumber } from '../text.ts';
import { blocks } from './view.ts';

type Metrics = NonNullable<Run['metrics']>;

/** Metric names down, splits across; with folds their mean and deviation, and each fold below. */
export function viewMetrics({ train, validation, test, folds = [], deviation = {} }: Metrics): string {
  const names = [...new Set([train, validation, test].flatMap((split) => Object.keys(split)))];
  if (folds.length === 0) {
    return textTable(
      ['metric', 'train', 'validation', 'test'],
      names.map((name) => [name, ...[train, validation, test].map((split) => formatMetric(split[name]))]),
      ['train', 'validation', 'test'],
    );
  }
  const heads = ['train', 'mean of folds', 'deviation', 'test'];
  const each = folds.map(({ fold }) => `fold ${fold}`);
  return blocks(
    textTable(
      ['metric', ...heads],
      names.map((name) => [
        name,
        ...[train, validation, deviation, test].map((split) => formatMetric(split[name])),
      ]),
      heads,
    ),
    textTable(
      ['metric', ...each],
      [
        ['rows that train', ...folds.map((fold) => formatNumber(fold.train))],
        ['rows that judge', ...folds.map((fold) => formatNumber(fold.rows))],
        ...names.map((name) => [name, ...folds.map(({ metrics }) => formatMetric(metrics[name]))]),
      ],
      each,
    ),
  );
}

/** `no look at them before`, `2 looks at them before` */
export function looksWords(looks: number): string {
  return looks === 0 ? 'no look at them before' : `${counted(looks, 'look')} at them before`;
}

/** The one metric that stands for a run in a list, and of which rows where these are no test rows. */
export function scoreOf(metrics: Metrics | null): string {
  const test = mainMetric(metrics?.test);
  if (test || !metrics) return test;
  const { folds, validation } = metrics;
  return `${mainMetric(validation)} (${folds ? `mean of ${folds.length} folds` : 'validation'})`;
}

/** The one metric that stands for a run in a list: R2, or else ROC AUC, or accuracy. */
export function mainMetric(test: Readonly<Record<string, number | null>> | undefined): string {
  for (const name of ['r2', 'roc_auc', 'accuracy']) {
    const value = test?.[name];
    if (typeof value === 'number') return `${name} ${value.toFixed(4)}`;
  }
  return '';
}
