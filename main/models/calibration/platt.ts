/** Probability = 1 / (1 + exp(a · s + b)) of a score `s`. */
export interface Sigmoid {
  readonly a: number;
  readonly b: number;
}

const steps = 100;

/**
 * Platt scaling: the sigmoid that makes `truth` (0 or 1) most likely from scores, with targets drawn a little from 0 and 1
 * against overfitting (Platt 1999), by Newton's method with step halving (Lin, Lin and Weng 2007). O(n) a step.
 */
export function platt(scores: Float64Array, truth: Uint8Array, weights?: Float64Array): Sigmoid {
  let [positives, negatives] = [0, 0];
  truth.forEach((yes, i) => {
    if (yes) positives += weights?.[i] ?? 1;
    else negatives += weights?.[i] ?? 1;
  });
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (negatives + 2);
  const loss = (a: number, b: number): number => {
    let total = 0;
    for (let i = 0; i < scores.length; i++) {
      const z = a * scores[i]! + b;
      const target = truth[i] ? high : low;
      // log(1 + exp(z)) without overflow.
      total += (weights?.[i] ?? 1) * (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - (1 - target) * z);
    }
    return total;
  };
  let a = 0;
  let b = Math.log((negatives + 1) / (positives + 1));
  let best = loss(a, b);
  for (let step = 0; step < steps; step++) {
    // A little on the diagonal keeps the matrix invertible where all scores are equal.
    let [aa, ab, bb, ga, gb] = [1e-12, 0, 1e-12, 0, 0];
    for (let i = 0; i < scores.length; i++) {
      const s = scores[i]!;
      const own = weights?.[i] ?? 1;
      const q = 1 / (1 + Math.exp(-(a * s + b)));
      const slope = own * (q - 1 + (truth[i] ? high : low));
      const curve = own * q * (1 - q);
      aa += curve * s * s;
      ab += curve * s;
      bb += curve;
      ga += slope * s;
      gb += slope;
    }
    const determinant = aa * bb - ab * ab;
    const da = (bb * ga - ab * gb) / determinant;
    const db = (aa * gb - ab * ga) / determinant;
    let size = 1;
    let next = loss(a - da, b - db);
    // Near the end the loss no longer tells steps apart.
    const rounding = 1e-13 * Math.abs(best);
    while (!(next <= best + rounding) && size > 1e-10) {
      size /= 2;
      next = loss(a - size * da, b - size * db);
    }
    if (!(next <= best + rounding)) break;
    a -= size * da;
    b -= size * db;
    best = Math.min(best, next);
    if (Math.abs(da) + Math.abs(db) < 1e-12) break;
  }
  return { a, b };
}
