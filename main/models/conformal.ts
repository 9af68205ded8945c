import * as z from 'zod';

/**
 * How far a model was off on rows it was not trained on, as part of its artifact: absolute errors for numbers, 1 less the probability of
 * the true class for classes. Of more than `most` rows only the thousandths are kept.
 */
export const Conformal = z.strictObject({
  /** How many rows were looked at. */
  rows: z.int().min(1),
  /** Ascending. */
  scores: z.array(z.number()).min(1),
});
export type Conformal = z.infer<typeof Conformal>;

const most = 1000;

/** `scores`: one per row, in any order. O(n log n). */
export function fitConformal(scores: Float64Array): Conformal {
  const sorted = scores.toSorted();
  const rows = sorted.length;
  if (rows <= most) return { rows, scores: [...sorted] };
  const at = (k: number): number => Math.min(rows, Math.ceil(((rows + 1) * k) / most));
  return { rows, scores: Array.from({ length: most - 1 }, (_, i) => sorted[at(i + 1) - 1]!) };
}

/**
 * The score that at least a share `level` of new rows stays within, where they are exchangeable with those looked at: the
 * ⌈(n + 1) · level⌉-th smallest (Vovk, Gammerman and Shafer 2005; Lei et al. 2018). undefined where too few rows were looked at for
 * this level. Thousandths are rounded up, so that the promise holds.
 */
export function conformalScore({ rows, scores }: Conformal, level: number): number | undefined {
  const exact = rows <= most;
  const rank = Math.ceil((exact ? rows + 1 : most) * level - 1e-9);
  return scores[Math.max(1, rank) - 1];
}

/** The fewest rows for which a level can be promised. */
export function rowsForLevel(level: number): number {
  return Math.ceil(level / (1 - level) - 1e-9);
}
