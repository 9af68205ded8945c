import { normalQuantile } from '../math/index.ts';
import type { Scored } from './scored.ts';

/** How often the truth lies within what was promised. */
export interface Coverage {
  readonly rows: number;
  readonly covered: number;
  /** covered / rows */
  readonly coverage: number;
  /** 95 % interval of the coverage (Wilson 1927). */
  readonly low: number;
  readonly high: number;
  /** Mean width of the intervals in the target's unit, or mean number of classes that are not ruled out. */
  readonly size: number;
}

/** `score`: how far off a prediction may be: in the target's unit, or 1 less the probability of a class. */
export function coverageOf(scored: Scored, score: number): Coverage {
  const { rows } = scored;
  let covered = 0;
  let size = 0;
  if (scored.task === 'regression') {
    scored.actual.forEach((y, row) => {
      if (Math.abs(y - (scored.predicted[row] ?? 0)) <= score) covered++;
    });
    size = 2 * score;
  } else {
    const { actual, probabilities, classes } = scored;
    actual.forEach((code, row) => {
      classes.forEach((_, k) => {
        if (1 - (probabilities[row * classes.length + k] ?? 0) > score) return;
        size += 1 / rows;
        if (k === code) covered++;
      });
    });
  }
  return { rows, covered, coverage: rows === 0 ? 0 : covered / rows, ...wilson(covered, rows), size };
}

/** 95 % interval of a share. */
function wilson(hits: number, rows: number): { low: number; high: number } {
  if (rows === 0) return { low: 0, high: 1 };
  const z2 = normalQuantile(0.975) ** 2;
  const share = hits / rows;
  const centre = (share + z2 / (2 * rows)) / (1 + z2 / rows);
  const half =
    Math.sqrt((share * (1 - share)) / rows + z2 / (4 * rows ** 2)) * (Math.sqrt(z2) / (1 + z2 / rows));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
