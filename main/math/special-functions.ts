const halfLogTwoPi = 0.9189385332046727;

/**
 * Stirling's correction: ln G(x) - ((x - 1/2) ln x - x + 1/2 ln 2 pi), for x >= 10 (DLMF 5.11.1; the first term left
 * out is below 1e-16 there).
 */
function stirlingCorrection(x: number): number {
  const s = 1 / (x * x);
  return (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s * (1 / 1188 - (s * 691) / 360360))))) / x;
}

/** ln of the gamma function for x > 0: Stirling's series, after moving x to 10 or above by G(x + 1) = x G(x). */
export function logGamma(x: number): number {
  let shift = 1;
  let at = x;
  while (at < 10) {
    shift *= at;
    at += 1;
  }
  return (at - 0.5) * Math.log(at) - at + halfLogTwoPi + stirlingCorrection(at) - Math.log(shift);
}

/**
 * ln B(a, b) for a, b > 0, without the cancellation of three large ln G when one argument is large (the idea of
 * Didonato and Morris 1992, TOMS 708, `betaln`).
 */
export function logBeta(a: number, b: number): number {
  const [small, large] = a < b ? [a, b] : [b, a];
  if (large < 10) return logGamma(small) + logGamma(large) - logGamma(small + large);
  const total = small + large;
  const corrections = stirlingCorrection(large) - stirlingCorrection(total);
  if (small < 10) {
    return (
      logGamma(small) -
      (large - 0.5) * Math.log1p(small / large) -
      small * Math.log(total) +
      small +
      corrections
    );
  }
  return (
    halfLogTwoPi -
    0.5 * Math.log(large) +
    (small - 0.5) * Math.log(small / total) -
    large * Math.log1p(small / large) +
    corrections +
    stirlingCorrection(small)
  );
}

/**
 * Regularised incomplete beta function I_x(a, b), a, b > 0. Give both `x` and `y` = 1 - x, each as exactly as you
 * have them: small tails keep their relative precision. Continued fraction of DLMF 8.17.22, evaluated by the
 * modified Lentz method (Thompson and Barnett 1986), on the side where it converges fast.
 */
export function incompleteBeta(a: number, b: number, x: number, y: number): number {
  if (x <= 0) return 0;
  if (y <= 0) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(b, a, y, x);
  const logX = x < 0.5 ? Math.log(x) : Math.log1p(-y);
  const logY = y < 0.5 ? Math.log(y) : Math.log1p(-x);
  const front = Math.exp(a * logX + b * logY - logBeta(a, b)) / a;
  return front / betaFraction(a, b, x);
}

function betaFraction(a: number, b: number, x: number): number {
  const tiny = 1e-300;
  let f = 1;
  let c = 1;
  let d = 0;
  for (let k = 1; k < 100_000; k++) {
    const m = k >> 1;
    const term =
      k % 2 === 0
        ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
        : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 + term * d;
    if (Math.abs(d) < tiny) d = tiny;
    d = 1 / d;
    c = 1 + term / c;
    if (Math.abs(c) < tiny) c = tiny;
    f *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return f;
}

/**
 * Complementary error function: the series of DLMF 7.6.2 below 1.5, the continued fraction of DLMF 7.9.1 above
 * (relative precision kept far into the tail).
 */
export function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x);
  if (x < 1.5) {
    let term = x;
    let total = x;
    for (let n = 1; Math.abs(term) > 1e-17 * total; n++) {
      term *= (2 * x * x) / (2 * n + 1);
      total += term;
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * total;
  }
  if (x > 27.3) return 0;
  // x + (1/2)/(x + 1/(x + (3/2)/(x + ...))), from the inside out.
  let fraction = x;
  for (let k = Math.ceil(160 / x) + 10; k > 0; k--) fraction = x + k / 2 / fraction;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
}

/**
 * Upper regularised incomplete gamma function Q(a, x), a > 0, x >= 0: the series of DLMF 8.11.4 for P below a + 1, the
 * continued fraction of DLMF 8.9.2 by the modified Lentz method above (relative precision kept far into the tail).
 */
export function incompleteGammaUpper(a: number, x: number): number {
  if (x <= 0) return 1;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let total = term;
    for (let n = 1; Math.abs(term) > 1e-17 * total && n < 100_000; n++) {
      term *= x / (a + n);
      total += term;
    }
    return 1 - front * total;
  }
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let f = d;
  for (let k = 1; k < 100_000; k++) {
    const numerator = -k * (k - a);
    b += 2;
    d = numerator * d + b;
    if (Math.abs(d) < tiny) d = tiny;
    d = 1 / d;
    c = b + numerator / c;
    if (Math.abs(c) < tiny) c = tiny;
    f *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return front * f;
}
