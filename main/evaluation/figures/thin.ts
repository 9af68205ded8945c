/** The most points a curve or cloud carries over the wire. */
export const mostCurvePoints = 400;
export const mostPoints = 1500;

/** Evenly spaced positions of `n`, at most `most`, first and last included. */
export function spread(n: number, most: number): number[] {
  if (n <= most) return Array.from({ length: n }, (_, i) => i);
  return Array.from({ length: most }, (_, i) => Math.round((i * (n - 1)) / (most - 1)));
}
