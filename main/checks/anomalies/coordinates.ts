import type { ColumnValues } from '../../datasets/index.ts';
import { quantileSorted } from '../../math/index.ts';
import { isMissing, rowsOf } from '../expectations/values.ts';

/** What the forest sees of a column. */
export interface Coordinate {
  readonly column: string;
  readonly as: 'number' | 'frequency' | 'missing';
  /** One finite number per row. */
  readonly values: Float64Array;
  /** Of a row that is like most: the median, the most frequent level, known. */
  readonly usual: number;
}

/**
 * A column in the forest's numbers: numbers, dates and moments as they are, with the median for gaps and a second coordinate that says where
 * they are; texts as how many rows have the same value, so that rare ones stand apart. A sentence where it says nothing.
 */
export function coordinatesOf(column: ColumnValues): readonly Coordinate[] | string {
  const rows = rowsOf(column);
  const { name } = column;
  if (column.kind === 'text') {
    // One more for missing.
    const counts = new Float64Array(column.levels.length + 1);
    for (const code of column.codes) counts[code + 1]! += 1;
    const values = Float64Array.from(column.codes, (code) => counts[code + 1]!);
    const used = counts.filter((count) => count > 0);
    if (used.length <= 1) return 'it has one value';
    if (used.length > rows / 2) return 'nearly every row has a value of its own';
    return [{ column: name, as: 'frequency', values, usual: used.reduce((a, b) => Math.max(a, b)) }];
  }
  const missing = Float64Array.from({ length: rows }, (_, row) => (isMissing(column, row) ? 1 : 0));
  const known = column.values.filter((value, row) => missing[row] === 0 && Number.isFinite(value)).sort();
  if (known.length === 0) return 'it has no value';
  const usual = quantileSorted(known, 0.5);
  const [low, high] = [known[0]!, known.at(-1)!];
  // Infinities are as far out as anything.
  const values = Float64Array.from(column.values, (value, row) =>
    missing[row] === 1 || Number.isNaN(value) ? usual : Math.min(high, Math.max(low, value)),
  );
  const gaps = missing.includes(1) ? missing : undefined;
  if (low === high && !gaps) return 'it has one value';
  return [
    ...(low === high ? [] : [{ column: name, as: 'number' as const, values, usual }]),
    ...(gaps ? [{ column: name, as: 'missing' as const, values: gaps, usual: 0 }] : []),
  ];
}
