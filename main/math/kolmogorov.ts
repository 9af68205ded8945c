/** The largest distance between the empirical distribution functions of two samples, each ascending and not empty. */
export function kolmogorovDistance(a: Float64Array, b: Float64Array): number {
  let i = 0;
  let j = 0;
  let largest = 0;
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i]!, b[j]!);
    while (i < a.length && a[i]! <= value) i++;
    while (j < b.length && b[j]! <= value) j++;
    largest = Math.max(largest, Math.abs(i / a.length - j / b.length));
  }
  return largest;
}

const exactUpTo = 1_000_000;

/**
 * P(D >= d) for two samples of n and m values from one continuous distribution; with ties it is an upper bound. Exact by
 * counting lattice paths (Hodges 1958) while n·m is at most a million, else the limiting distribution.
 */
export function kolmogorovTwoSided(d: number, n: number, m: number): number {
  if (d <= 0) return 1;
  return n * m <= exactUpTo ? exactTail(d, n, m) : kolmogorovTail(d * Math.sqrt((n * m) / (n + m)));
}

/** The limiting tail 2 Σ (-1)^(k-1) exp(-2 k² x²); below 1 its other form converges faster (Marsaglia, Tsang, Wang 2003). */
export function kolmogorovTail(x: number): number {
  if (x <= 0) return 1;
  if (x < 1) {
    let total = 0;
    for (let k = 1; k < 40; k += 2) total += Math.exp((-k * k * Math.PI * Math.PI) / (8 * x * x));
    return 1 - (Math.sqrt(2 * Math.PI) / x) * total;
  }
  let total = 0;
  for (let k = 1; k < 100; k++) {
    const term = Math.exp(-2 * k * k * x * x);
    total += k % 2 ? term : -term;
    if (term < 1e-300) break;
  }
  return Math.min(1, 2 * total);
}

/**
 * The chance that a random path from (0, 0) to (n, m) leaves the band |i/n - j/m| < d. The chance of being at (i, j) while
 * inside is built row by row; leaving chances are summed, so that a small tail keeps its precision.
 */
function exactTail(d: number, n: number, m: number): number {
  // Distances are multiples of 1/(n·m): compared as whole numbers, without rounding.
  const bound = Math.round(d * n * m);
  const inside = new Float64Array(m + 1);
  let left = 0;
  inside[0] = 1;
  for (let i = 0; i <= n; i++) {
    for (let j = 0; j <= m; j++) {
      const total = n + m - i - j + 1;
      // From (i - 1, j): of the steps left there, n - i + 1 go up; from (i, j - 1): m - j + 1 go right.
      const fromBelow = i > 0 ? inside[j]! * ((n - i + 1) / total) : 0;
      const fromLeft = j > 0 ? inside[j - 1]! * ((m - j + 1) / total) : 0;
      const chance = i === 0 && j === 0 ? 1 : fromBelow + fromLeft;
      if (Math.abs(i * m - j * n) >= bound) {
        left += chance;
        inside[j] = 0;
      } else inside[j] = chance;
    }
  }
  return Math.min(1, left);
}
