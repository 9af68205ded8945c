import type { Run } from '../../../preload/contract/training.ts';
import { headlineMetrics, testMetric } from './headline.ts';
import { words } from './words.ts';

export interface RunGroup {
  readonly key: string;
  readonly target: string;
  readonly metric: string;
  readonly points: readonly { readonly run: Run; readonly value: number }[];
}

/** Runs of the same data and target can be held against each other; at least two are needed to do so. Largest first. */
export function groupRuns(runs: readonly Run[]): readonly RunGroup[] {
  const groups = new Map<string, { target: string; metric: string; points: { run: Run; value: number }[] }>();
  for (const run of runs) {
    const metric = headlineMetrics[run.task].find((name) => testMetric(run, name) !== null);
    const value = metric ? testMetric(run, metric) : null;
    if (!metric || value === null || !Number.isFinite(value)) continue;
    const key = `${run.dataset} ${run.target} ${metric}`;
    const group = groups.get(key) ?? { target: words.groupOf(run.target, run.dataset), metric, points: [] };
    group.points.push({ run, value });
    groups.set(key, group);
  }
  return [...groups]
    .map(([key, group]) => ({ key, ...group }))
    .filter(({ points }) => points.length > 1)
    .toSorted((a, b) => b.points.length - a.points.length);
}
