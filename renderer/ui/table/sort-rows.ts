export type SortValue = string | number | null;

export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

/** Sorted copy; equal rows keep their order, and what has no value comes last either way. */
export function sortRows<Row>(
  rows: readonly Row[],
  by: (row: Row) => SortValue,
  descending: boolean,
): readonly Row[] {
  const keyed = rows.map((row) => ({ row, key: by(row) }));
  const sign = descending ? -1 : 1;
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return a.key === b.key ? 0 : a.key === null ? 1 : -1;
    if (typeof a.key === 'number' && typeof b.key === 'number') return sign * (a.key - b.key);
    return sign * String(a.key).localeCompare(String(b.key), undefined, { numeric: true });
  });
  return keyed.map(({ row }) => row);
}
