import type { Run } from '../../../preload/contract/training.ts';
import { words as folds } from './folds-words.ts';
import { headlineMetrics, scoredOn, scoreOf } from './headline.ts';
import { words } from './words.ts';

export interface RunGroup {
  readonly key: string;
  readonly target: string;
  readonly metric: string;
  /** On which rows. */
  readonly on: string;
  readonly points: readonly { readonly run: Run; readonly value: number }[];
}

/** Runs of the same data and target, judged on the same kind of rows, can be held against each other; at least two are needed to do so. Largest first. */
export function groupRuns(runs: readonly Run[]): readonly RunGroup[] {
  const groups = new Map<
    string,
    { target: string; metric: string; on: string; points: { run: Run; value: number }[] }
  >();
  for (const run of runs) {
    const metric = headlineMetrics[run.task].find((name) => scoreOf(run, name) !== null);
    const value = metric ? scoreOf(run, metric) : null;
    if (!metric || value === null || !Number.isFinite(value)) continue;
    const on = scoredOn(run);
    const key = `${run.dataset} ${run.target} ${metric} ${on}`;
    const group = groups.get(key) ?? {
      target: words.groupOf(run.target, run.dataset),
      metric,
      on: folds.scoredOn[on],
      points: [],
    };
    group.points.push({ run, value });
    groups.set(key, group);
  }
  return [...groups]
    .map(([key, group]) => ({ key, ...group }))
    .filter(({ points }) => points.length > 1)
    .toSorted((a, b) => b.points.length - a.points.length);
}
