import type { Trial } from '../../../preload/contract/sweeps.ts';

/** The best first; of equal scores the earlier trial; failed ones last. Of trials with the same recipe the first stands for all. */
export function rank(
  trials: readonly Trial[],
  rows: readonly { readonly recipe: string }[],
  direction: 'higher' | 'lower',
): Trial[] {
  const seen = new Set<string>();
  const sign = direction === 'lower' ? 1 : -1;
  const loss = ({ score }: Trial): number => (score === null ? Infinity : sign * score);
  return trials
    .filter((_, i) => {
      const recipe = rows[i]?.recipe ?? '';
      const first = !seen.has(recipe);
      seen.add(recipe);
      return first;
    })
    .toSorted((a, b) => (loss(a) === loss(b) ? a.trial - b.trial : loss(a) - loss(b)));
}
