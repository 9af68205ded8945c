import type { Trial } from '../../../preload/contract/sweeps.ts';
import { placeOf, type Dimension, type FamilySpace } from './space.ts';

/** Trials below which nothing is said. */
const fewest = 8;
/** Equal parts of a range that are compared. */
const parts = 4;

/**
 * How much of the differences between the scores of a family's trials one parameter explains alone: epsilon squared of the
 * Kruskal-Wallis test between the values of a choice, or four equal parts of a range, H / (n - 1) (Kelley 1935; Tomczak and Tomczak
 * 2014), less what chance alone would give, never below 0. By ranks, so that one hopeless trial does not decide it.
 */
export function importances(
  spaces: readonly FamilySpace[],
  trials: readonly Trial[],
): { family: string; param: string; share: number; trials: number }[] {
  return spaces.flatMap(({ family, dimensions }) => {
    const own = trials.filter((trial) => trial.family === family && trial.score !== null);
    if (own.length < fewest) return [];
    const ranks = midranks(own.map(({ score }) => score ?? 0));
    return dimensions
      .map((dimension) => ({
        family,
        param: dimension.param,
        share: epsilonSquared(
          own.map(({ params }) => groupOf(dimension, params[dimension.param])),
          ranks,
        ),
        trials: own.length,
      }))
      .toSorted((a, b) => b.share - a.share);
  });
}

function groupOf(dimension: Dimension, value: unknown): number {
  const place = placeOf(dimension, value);
  return dimension.kind === 'choice' ? place : Math.min(parts - 1, Math.floor(place * parts));
}

/** Ranks from 1; equal values share the mean of their ranks. */
export function midranks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).toSorted((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks: number[] = [];
  for (let start = 0; start < order.length;) {
    let end = start;
    while (end < order.length && values[order[end] ?? 0] === values[order[start] ?? 0]) end++;
    for (const i of order.slice(start, end)) ranks[i] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}

/** (H - k + 1) / (n - k) for k groups of n ranks, H corrected for ties; 0 where there is one group, or one score. */
export function epsilonSquared(groups: readonly number[], ranks: readonly number[]): number {
  const n = ranks.length;
  const mean = (n + 1) / 2;
  const total = ranks.reduce((sum, rank) => sum + (rank - mean) ** 2, 0);
  const sums = new Map<number, { count: number; sum: number }>();
  groups.forEach((group, i) => {
    const entry = sums.get(group) ?? { count: 0, sum: 0 };
    sums.set(group, { count: entry.count + 1, sum: entry.sum + (ranks[i] ?? 0) });
  });
  const k = sums.size;
  if (k < 2 || n <= k || total === 0) return 0;
  const between = [...sums.values()].reduce(
    (all, { count, sum }) => all + count * (sum / count - mean) ** 2,
    0,
  );
  const h = ((n - 1) * between) / total;
  return Math.min(1, Math.max(0, (h - k + 1) / (n - k)));
}
