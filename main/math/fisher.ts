import { logGamma } from './special-functions.ts';

const logChoose = (n: number, k: number): number => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);

/**
 * Fisher's exact test of two shares: `a` of `na` against `b` of `nb`. Twice the smaller tail of the hypergeometric
 * distribution, at most 1. Costs as many terms as the smallest margin has rows.
 */
export function fisherTwoSided(a: number, na: number, b: number, nb: number): number {
  const both = a + b;
  const low = Math.max(0, both - na);
  const high = Math.min(both, nb);
  const all = logChoose(na + nb, both);
  const chance = (k: number): number => Math.exp(logChoose(nb, k) + logChoose(na, both - k) - all);
  let below = 0;
  let above = 0;
  for (let k = low; k <= high; k++) {
    const p = chance(k);
    if (k <= b) below += p;
    if (k >= b) above += p;
  }
  return Math.min(1, 2 * Math.min(below, above));
}
