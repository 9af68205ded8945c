import { logGamma } from './special-functions.ts';

/**
 * A Poisson variate of the given mean, from a source of uniform numbers in [0, 1). Below 10 by multiplication (Knuth, The Art
 * of Computer Programming 2, 3.4.1), else by transformed rejection: algorithm PTRS of Hörmann, "The transformed rejection
 * method for generating Poisson random variables" (1993), exact for every mean.
 */
export function poisson(mean: number, uniform: () => number): number {
  if (mean <= 0) return 0;
  return mean < 10 ? byMultiplication(mean, uniform) : byRejection(mean, uniform);
}

function byMultiplication(mean: number, uniform: () => number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = uniform(); product > limit; product *= uniform()) count++;
  return count;
}

function byRejection(mean: number, uniform: () => number): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const vr = 0.9277 - 3.6224 / (b - 2);
  const logMean = Math.log(mean);
  for (;;) {
    const u = uniform() - 0.5;
    const v = uniform();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= vr) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    const accepted = Math.log((v * inverseAlpha) / (a / (us * us) + b));
    if (accepted <= k * logMean - mean - logGamma(k + 1)) return k;
  }
}
