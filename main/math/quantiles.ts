/**
 * Quantile of ascending values by linear interpolation between order statistics: type 7 of Hyndman and Fan (1996),
 * the default of numpy and R. `q` in [0, 1]; NaN for no values.
 */
export function quantileSorted(sorted: ArrayLike<number>, q: number): number {
  const n = sorted.length;
  if (n === 0) return Number.NaN;
  const position = q * (n - 1);
  const below = Math.min(n - 1, Math.floor(position));
  const low = sorted[below]!;
  const high = sorted[Math.min(n - 1, below + 1)]!;
  const part = position - below;
  // The form of numpy's _lerp: exact at both ends and monotone.
  return part < 0.5 ? low + (high - low) * part : high - (high - low) * (1 - part);
}

/** Type-7 quantiles of values in any order; the input is not changed. */
export function quantiles(values: Float64Array, qs: readonly number[]): number[] {
  const sorted = values.slice().sort();
  return qs.map((q) => quantileSorted(sorted, q));
}

/** The middle value, or the mean of the two middle values; NaN for no values. */
export function median(values: Float64Array): number {
  return quantiles(values, [0.5])[0]!;
}
