import type { Run } from '../../../../preload/contract/training.ts';
import { textTable } from '../text-table.ts';
import { formatMetric } from '../text.ts';

type Metrics = NonNullable<Run['metrics']>;

/** Metric names down, splits across. */
export function viewMetrics({ train, validation, test }: Metrics): string {
  const names = [...new Set([train, validation, test].flatMap((split) => Object.keys(split)))];
  return textTable(
    ['metric', 'train', 'validation', 'test'],
    names.map((name) => [name, ...[train, validation, test].map((split) => formatMetric(split[name]))]),
    ['train', 'validation', 'test'],
  );
}

/** The one metric that stands for a run in a list: R2, or else ROC AUC, or accuracy. */
export function mainMetric(test: Readonly<Record<string, number | null>> | undefined): string {
  for (const name of ['r2', 'roc_auc', 'accuracy']) {
    const value = test?.[name];
    if (typeof value === 'number') return `${name} ${value.toFixed(4)}`;
  }
  return '';
}
