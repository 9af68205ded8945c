import type { CategoryColumn } from './columns.ts';

/** Rows per level that has any, in the levels' order by code unit: independent of the order in the data. */
export function countLevels(column: CategoryColumn): Map<string, number> {
  const counts = new Uint32Array(column.levels.length);
  for (const code of column.codes) if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  const seen = column.levels.flatMap((level, code): [string, number][] => {
    const count = counts[code] ?? 0;
    return count > 0 ? [[level, count]] : [];
  });
  return new Map(seen.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * The levels to group: those in fewer than `minRows` rows; then, if more than `maxFeatures` features would be left (the group
 * counts as one), the rarest until they fit. Of equally rare ones the first in order go first (as in scikit-learn).
 * `maxFeatures` 0 is no limit.
 */
export function rareLevels(
  counts: ReadonlyMap<string, number>,
  minRows: number,
  maxFeatures: number,
): ReadonlySet<string> {
  const rare = new Set([...counts].filter(([, count]) => count < minRows).map(([level]) => level));
  const features = counts.size - rare.size + (rare.size > 0 ? 1 : 0);
  if (maxFeatures > 0 && features > maxFeatures) {
    const rarestFirst = [...counts].sort(([, a], [, b]) => a - b);
    for (const [level] of rarestFirst.slice(0, counts.size - (maxFeatures - 1))) rare.add(level);
  }
  return new Set([...counts.keys()].filter((level) => rare.has(level)));
}
