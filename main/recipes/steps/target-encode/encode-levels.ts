import type { CategoryColumn } from '../../columns.ts';
import type { LevelValues } from '../../level-values.ts';

/** What each level of a text column is worth, by place in `levels`; behind them that of missing, and that of any other. */
export type Worths = Float64Array;

interface Rest {
  /** Which fold each row is in. */
  readonly foldOf: Uint8Array;
  /** The rows of this one are not looked at. */
  readonly without: number;
}

/**
 * The mean of `answers` in each level, drawn to the mean of all. `smooth` rows of the overall mean are added to each level; `auto`
 * weighs the level's mean by n V / (n V + v), where V is the variance of all answers and v that within the level
 * (Micci-Barreca 2001, as in scikit-learn). Missing is a level of its own; a level that no row has is the mean of all.
 */
export function levelWorths(
  { levels, codes }: CategoryColumn,
  answers: Float64Array,
  smooth: 'auto' | number,
  rest?: Rest,
): Worths {
  const missing = levels.length;
  const counts = new Float64Array(missing + 1);
  const sums = new Float64Array(missing + 1);
  const foldOf = rest?.foldOf;
  const without = rest?.without ?? -1;
  let rows = 0;
  let total = 0;
  for (let row = 0; row < answers.length; row++) {
    if (foldOf !== undefined && foldOf[row] === without) continue;
    const level = codes[row]! < 0 ? missing : codes[row]!;
    counts[level] = counts[level]! + 1;
    sums[level] = sums[level]! + answers[row]!;
    total += answers[row]!;
    rows++;
  }
  const mean = rows > 0 ? total / rows : 0;
  const means = sums.map((sum, level) => sum / Math.max(1, counts[level]!));
  const within = new Float64Array(missing + 1);
  let variance = 0;
  for (let row = 0; row < answers.length; row++) {
    if (foldOf !== undefined && foldOf[row] === without) continue;
    const level = codes[row]! < 0 ? missing : codes[row]!;
    const away = answers[row]! - means[level]!;
    within[level] = within[level]! + away * away;
    const far = answers[row]! - mean;
    variance += far * far;
  }
  variance /= Math.max(1, rows);
  const worths = new Float64Array(missing + 2).fill(mean);
  for (let level = 0; level <= missing; level++) {
    const count = counts[level]!;
    if (count === 0) continue;
    if (smooth !== 'auto') {
      worths[level] = (sums[level]! + smooth * mean) / (count + smooth);
      continue;
    }
    const weight = (variance * count) / (variance * count + within[level]! / count);
    if (!Number.isNaN(weight)) worths[level] = weight * means[level]! + (1 - weight) * mean;
  }
  return worths;
}

/** The levels that rows have with what they are worth, in the order of their names: the same whatever their order in the data. */
export function namedWorths({ levels, codes }: CategoryColumn, worths: Worths): LevelValues {
  const seen = new Uint8Array(levels.length);
  for (let row = 0; row < codes.length; row++) if (codes[row]! >= 0) seen[codes[row]!] = 1;
  const there = Array.from(seen.keys()).filter((code) => seen[code] === 1);
  there.sort((a, b) => (levels[a]! < levels[b]! ? -1 : 1));
  return {
    levels: there.map((code) => levels[code]!),
    values: there.map((code) => worths[code]!),
    missing: worths[levels.length]!,
    unknown: worths[levels.length + 1]!,
  };
}
