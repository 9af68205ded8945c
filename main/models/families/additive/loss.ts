import type { Target } from '../../../recipes/index.ts';

/** First and second derivatives by a row's score of output k, and the loss of a row. Scores are rows x outputs. */
export interface Loss {
  readonly outputs: number;
  /** Where the scores begin. */
  readonly start: Float64Array;
  derivatives(
    row: number,
    scores: Float64Array,
    k: number,
    into: { gradient: number; curvature: number },
  ): void;
  /** Undefined for a row of a class that training did not have. */
  of(row: number, scores: Float64Array): number | undefined;
}

/** Half squared error of `(value - shift) / scale`. */
export function squaredLoss(values: Float64Array, { shift, scale }: { shift: number; scale: number }): Loss {
  const y = values.map((value) => (value - shift) / scale);
  return {
    outputs: 1,
    start: new Float64Array(1),
    derivatives(row, scores, _, into) {
      into.gradient = scores[row]! - y[row]!;
      into.curvature = 1;
    },
    of: (row, scores) => (scores[row]! - y[row]!) ** 2 / 2,
  };
}

/** Log loss; `position` of each class among those that have training rows, -1 for the others. `shares` of those. */
export function logLoss(
  { codes }: Extract<Target, { task: 'classification' }>,
  position: Int32Array,
  shares: Float64Array,
): Loss {
  const classes = shares.length;
  if (classes === 2) {
    return {
      outputs: 1,
      start: Float64Array.of(Math.log(shares[1]! / shares[0]!)),
      derivatives(row, scores, _, into) {
        const share = 1 / (1 + Math.exp(-scores[row]!));
        into.gradient = share - position[codes[row]!]!;
        into.curvature = Math.max(share * (1 - share), 1e-12);
      },
      of(row, scores) {
        const up = position[codes[row]!] ?? -1;
        if (up < 0) return undefined;
        const right = up === 1 ? scores[row]! : -scores[row]!;
        return Math.log1p(Math.exp(-Math.abs(right))) + Math.max(0, -right);
      },
    };
  }
  const total = (row: number, scores: Float64Array): { top: number; sum: number } => {
    let top = -Infinity;
    for (let k = 0; k < classes; k++) top = Math.max(top, scores[row * classes + k]!);
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += Math.exp(scores[row * classes + k]! - top);
    return { top, sum };
  };
  return {
    outputs: classes,
    start: shares.map(Math.log),
    derivatives(row, scores, k, into) {
      const { top, sum } = total(row, scores);
      const share = Math.exp(scores[row * classes + k]! - top) / sum;
      into.gradient = share - (position[codes[row]!] === k ? 1 : 0);
      into.curvature = Math.max(share * (1 - share), 1e-12);
    },
    of(row, scores) {
      const at = position[codes[row]!] ?? -1;
      if (at < 0) return undefined;
      const { top, sum } = total(row, scores);
      return Math.log(sum) + top - scores[row * classes + at]!;
    },
  };
}
