import type { CategoryColumn, NumberColumn } from './columns.ts';

/** One number column per name, each row filled by what `describe` says of its text; a missing text is all zeros. */
export function textFeatures(
  { levels, codes }: CategoryColumn,
  names: readonly string[],
  describe: (text: string) => Float64Array,
): NumberColumn[] {
  const columns = names.map((): Float64Array => new Float64Array(codes.length));
  const rowsOf = new Map<number, number[]>();
  codes.forEach((code, row) => {
    if (code < 0) return;
    const rows = rowsOf.get(code);
    if (rows) rows.push(row);
    else rowsOf.set(code, [row]);
  });
  for (const [code, rows] of rowsOf) {
    const values = describe(levels[code] ?? '');
    for (let feature = 0; feature < names.length; feature++) {
      const value = values[feature] ?? 0;
      if (value === 0) continue;
      const column = columns[feature];
      if (column) for (const row of rows) column[row] = value;
    }
  }
  return names.map((name, i) => ({ kind: 'number', name, values: columns[i] ?? new Float64Array() }));
}
