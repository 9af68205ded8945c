import { erfc, incompleteBeta, incompleteGammaUpper, logBeta } from './special-functions.ts';

/** P(Z <= z) of the standard normal distribution. */
export function normalCdf(z: number): number {
  return 0.5 * erfc(-z / Math.SQRT2);
}

/** P(|Z| >= |z|) of the standard normal distribution; relative precision is kept in the tail. */
export function normalTwoSided(z: number): number {
  return erfc(Math.abs(z) / Math.SQRT2);
}

/**
 * z with P(Z <= z) = p, for p in (0, 1); infinite at the ends, NaN outside. Start from Abramowitz and Stegun 26.2.23
 * (error below 4.5e-4), then Halley steps on the tail probability.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0) return -Infinity;
  if (p === 1) return Infinity;
  if (p > 0.5) return -lowerNormalQuantile(1 - p);
  return lowerNormalQuantile(p);
}

function lowerNormalQuantile(p: number): number {
  const t = Math.sqrt(-2 * Math.log(p));
  let z = -(
    t -
    (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
  );
  for (let i = 0; i < 4; i++) {
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    const error = (normalCdf(z) - p) / density;
    z -= error / (1 + (z * error) / 2);
  }
  return z;
}

/** P(T <= t) of Student's t with `df` > 0 degrees of freedom (DLMF 8.17; Abramowitz and Stegun 26.7.1). */
export function studentCdf(t: number, df: number): number {
  const tail = studentTwoSided(t, df) / 2;
  return t > 0 ? 1 - tail : tail;
}

/** P(|T| >= |t|) of Student's t with `df` > 0 degrees of freedom: I_{df/(df+t^2)}(df/2, 1/2). */
export function studentTwoSided(t: number, df: number): number {
  if (df === Infinity) return normalTwoSided(t);
  if (Math.abs(t) === Infinity) return 0;
  const ratio = (t / df) * t;
  return incompleteBeta(df / 2, 0.5, 1 / (1 + ratio), ratio / (1 + ratio));
}

/**
 * t with P(T <= t) = p for Student's t with `df` > 0 degrees of freedom: bisection on a bracket, finished by Newton
 * steps on the tail probability.
 */
export function studentQuantile(p: number, df: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0.5) return 0;
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity;
  if (df === Infinity) return normalQuantile(p);
  const tail = p < 0.5 ? p : 1 - p;
  let low = 0;
  let high = 1;
  while (studentTwoSided(high, df) / 2 > tail) {
    low = high;
    high *= 2;
    if (high === Infinity) return p < 0.5 ? -Infinity : Infinity;
  }
  for (let i = 0; i < 30; i++) {
    const middle = (low + high) / 2;
    if (studentTwoSided(middle, df) / 2 > tail) low = middle;
    else high = middle;
  }
  let t = (low + high) / 2;
  const front = -logBeta(df / 2, 0.5) - Math.log(df) / 2;
  for (let i = 0; i < 3; i++) {
    const density = Math.exp(front - ((df + 1) / 2) * Math.log1p((t / df) * t));
    t += (studentTwoSided(t, df) / 2 - tail) / density;
  }
  return p < 0.5 ? -t : t;
}

/** P(F >= f) of Fisher's F with `df1`, `df2` > 0 degrees of freedom: I_{df2/(df2+df1 f)}(df2/2, df1/2). */
export function fisherUpper(f: number, df1: number, df2: number): number {
  if (f <= 0) return 1;
  const ratio = (df1 / df2) * f;
  return incompleteBeta(df2 / 2, df1 / 2, 1 / (1 + ratio), ratio / (1 + ratio));
}

/** P(X >= x) of the chi-square distribution with `df` > 0 degrees of freedom: Q(df/2, x/2). */
export function chiSquareUpper(x: number, df: number): number {
  return incompleteGammaUpper(df / 2, x / 2);
}
