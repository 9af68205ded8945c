/**
 * Sum with a running correction (Neumaier 1974, "improved Kahan-Babuska"): the error does not grow with the number of
 * terms as long as n * eps < 1. Returns 0 for no terms.
 */
export function sum(values: ArrayLike<number>): number {
  let total = 0;
  let correction = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const next = total + value;
    correction += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return total + correction;
}

/** Arithmetic mean; NaN for no values. */
export function mean(values: ArrayLike<number>): number {
  return sum(values) / values.length;
}

/**
 * Mean and spread of a column without overflow or cancellation, in three passes: `scale` is a power of two at or just
 * above the largest distance from the mean (0 for a constant column), so that (x - mean) / scale is exact in the
 * division and lies in [-1, 1]; `deviation` is the population standard deviation.
 */
export interface Moments {
  readonly mean: number;
  readonly deviation: number;
  readonly scale: number;
}

/** Moments of finite values; mean 0 for no values. A column whose values differ by rounding alone counts as constant. */
export function moments(values: Float64Array): Moments {
  const n = values.length;
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(values[i]!));
  if (n === 0 || largest === 0) return { mean: 0, deviation: 0, scale: 0 };
  const unit = powerOfTwoAbove(largest);
  let total = 0;
  for (let i = 0; i < n; i++) total += values[i]! / unit;
  let centre = total / n;
  // A second pass takes the rounding of the first out of the mean.
  let rest = 0;
  for (let i = 0; i < n; i++) rest += values[i]! / unit - centre;
  centre += rest / n;
  const average = centre * unit;
  let reach = 0;
  for (let i = 0; i < n; i++) reach = Math.max(reach, Math.abs(values[i]! / unit - centre));
  if (reach <= 4 * Number.EPSILON * Math.abs(centre)) return { mean: average, deviation: 0, scale: 0 };
  const spread = powerOfTwoAbove(reach);
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const z = (values[i]! / unit - centre) / spread;
    squares += z * z;
  }
  return { mean: average, deviation: Math.sqrt(squares / n) * spread * unit, scale: spread * unit };
}

function powerOfTwoAbove(value: number): number {
  // 2 ** 1024 is not finite, 2 ** -1022 is the smallest whose inverse is.
  return 2 ** Math.min(1023, Math.max(-1022, Math.ceil(Math.log2(value))));
}
