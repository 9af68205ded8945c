import type { CategoryColumn } from '../../columns.ts';
import type { LevelValues } from '../../level-values.ts';

/**
 * The mean of `answers` in each level, drawn to the mean of all. `smooth` rows of the overall mean are added to each level; `auto`
 * weighs the level's mean by n V / (n V + v), where V is the variance of all answers and v that within the level
 * (Micci-Barreca 2001, as in scikit-learn). Missing is a level of its own.
 */
export function encodeLevels(
  { levels, codes }: CategoryColumn,
  answers: Float64Array,
  smooth: 'auto' | number,
): LevelValues {
  const rows = answers.length;
  const missing = levels.length;
  const levelAt = (row: number) => {
    const code = codes[row] ?? -1;
    return code < 0 ? missing : code;
  };
  const counts = new Float64Array(levels.length + 1);
  const sums = new Float64Array(levels.length + 1);
  let total = 0;
  for (let row = 0; row < rows; row++) {
    const answer = answers[row] ?? NaN;
    const level = levelAt(row);
    counts[level] = (counts[level] ?? 0) + 1;
    sums[level] = (sums[level] ?? 0) + answer;
    total += answer;
  }
  const mean = rows > 0 ? total / rows : 0;
  const within = new Float64Array(levels.length + 1);
  let variance = 0;
  for (let row = 0; row < rows; row++) {
    const answer = answers[row] ?? NaN;
    const level = levelAt(row);
    within[level] = (within[level] ?? 0) + (answer - (sums[level] ?? 0) / (counts[level] ?? 1)) ** 2;
    variance += (answer - mean) ** 2 / rows;
  }
  const encoded = (level: number): number => {
    const count = counts[level] ?? 0;
    const sum = sums[level] ?? 0;
    if (count === 0) return mean;
    if (smooth !== 'auto') return (sum + smooth * mean) / (count + smooth);
    const weight = (variance * count) / (variance * count + (within[level] ?? 0) / count);
    return Number.isNaN(weight) ? mean : weight * (sum / count) + (1 - weight) * mean;
  };
  // In the order of the levels' names: the same whatever their order in the data.
  const seen = [...levels.keys()].filter((code) => (counts[code] ?? 0) > 0);
  seen.sort((a, b) => ((levels[a] ?? '') < (levels[b] ?? '') ? -1 : 1));
  return {
    levels: seen.map((code) => levels[code] ?? ''),
    values: seen.map(encoded),
    missing: encoded(missing),
    unknown: mean,
  };
}
