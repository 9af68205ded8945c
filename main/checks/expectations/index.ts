import { columnType, length, notNull, range, referential, regex, set, unique } from './columns.ts';
import type { Expectation } from './expectation.ts';
import { freshness, quantile, rowCount, statistic } from './tables.ts';

/** Every kind of check but `sql`, which DuckDB answers. */
export const expectations: readonly Expectation[] = [
  notNull,
  columnType,
  range,
  set,
  regex,
  length,
  unique,
  referential,
  rowCount,
  statistic,
  quantile,
  freshness,
];

export function findExpectation(id: string): Expectation | undefined {
  return expectations.find((one) => one.id === id);
}
