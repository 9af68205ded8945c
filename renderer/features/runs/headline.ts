import type { Run } from '../../../preload/contract/training.ts';

type Task = Run['task'];

/** The few metrics that are shown first, the most telling one in front. */
export const headlineMetrics: Readonly<Record<Task, readonly string[]>> = {
  regression: ['mean_absolute_error', 'root_mean_squared_error', 'r2', 'median_absolute_error'],
  classification: ['roc_auc', 'accuracy', 'f1', 'log_loss'],
};

export function testMetric(run: Run, name: string): number | null {
  return run.metrics?.test[name] ?? null;
}

/** Which rows tell how good a run is: the test rows; or where it has no test score, those of its folds or its validation rows. */
export function scoredOn({ metrics }: Run): 'test' | 'folds' | 'validation' {
  if (Object.values(metrics?.test ?? {}).some((value) => value !== null)) return 'test';
  return metrics?.folds ? 'folds' : 'validation';
}

/** A metric on the rows that tell how good a run is. */
export function scoreOf(run: Run, name: string): number | null {
  return run.metrics?.[scoredOn(run) === 'test' ? 'test' : 'validation'][name] ?? null;
}

/** The newest finished baseline for the same rows and target: what any model must beat. */
export function baselineFor(run: Run, runs: readonly Run[]): Run | null {
  if (run.family === 'baseline') return null;
  return (
    runs.find(
      (other) =>
        other.family === 'baseline' &&
        other.status === 'done' &&
        other.snapshot === run.snapshot &&
        other.target === run.target &&
        other.task === run.task,
    ) ?? null
  );
}

/** A metric in the head of a table, where its full name is on hover. */
export function metricShort(name: string): string {
  const known: Readonly<Record<string, string>> = {
    mean_absolute_error: 'MAE',
    root_mean_squared_error: 'RMSE',
    median_absolute_error: 'median AE',
    accuracy: 'Accuracy',
    log_loss: 'Log loss',
  };
  return known[name] ?? metricWords(name);
}

/** `mean_absolute_error` as people say it, where no better title is at hand. */
export function metricWords(name: string): string {
  const known: Readonly<Record<string, string>> = {
    r2: 'R²',
    roc_auc: 'ROC AUC',
    f1: 'F1',
    pr_auc: 'PR AUC',
  };
  return known[name] ?? name.replaceAll('_', ' ');
}
