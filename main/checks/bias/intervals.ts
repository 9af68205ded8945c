import { poisson, quantileSorted } from '../../math/index.ts';
import { createRandom } from '../../platform/random.ts';
import type { Cells } from './cells.ts';
import type { BiasMeasure } from './measures.ts';

export interface Resampling {
  readonly resamples: number;
  /** Of the interval, such as 0.95. */
  readonly level: number;
  readonly seed: number;
  readonly signal: AbortSignal;
}

export type Interval = { readonly low: number; readonly high: number } | null;

/**
 * Percentile intervals of the measures by the Poisson bootstrap (Hanley and MacGibbon 2006): each row is drawn Poisson(1)
 * times, so each cell's count is Poisson with the observed count as its mean, and a resample costs as much as there are cells,
 * not rows. Null where fewer than 95 % of the resamples have a value.
 */
export function intervals(
  { groups, counts }: Cells,
  measures: readonly BiasMeasure[],
  { resamples, level, seed, signal }: Resampling,
): Interval[] {
  if (resamples === 0) return measures.map(() => null);
  const random = createRandom(seed);
  const uniform = (): number => random.uniform();
  const values = measures.map((): number[] => []);
  const drawn = { groups, counts: new Float64Array(counts.length) };
  for (let sample = 0; sample < resamples; sample++) {
    if (sample % 16 === 0) signal.throwIfAborted();
    for (let i = 0; i < counts.length; i++) drawn.counts[i] = poisson(counts[i]!, uniform);
    measures.forEach(({ of }, i) => {
      const value = of(drawn);
      if (typeof value === 'number') values[i]!.push(value);
    });
  }
  return values.map((found) => {
    if (found.length < 0.95 * resamples) return null;
    const sorted = Float64Array.from(found).sort();
    return { low: quantileSorted(sorted, (1 - level) / 2), high: quantileSorted(sorted, (1 + level) / 2) };
  });
}
