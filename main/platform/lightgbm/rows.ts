/** A feature as trees take it. `level`: 1 where the code is that level, else 0. Missing: NaN, and -1 for codes. */
export type TreeColumn =
  | { readonly kind: 'number'; readonly values: Float64Array }
  | { readonly kind: 'codes'; readonly codes: Int32Array }
  | { readonly kind: 'level'; readonly codes: Int32Array; readonly level: number };

/**
 * Writes rows `first` to `first + count` of the columns into `block`, row-major, `columns.length` doubles a row. A missing code
 * becomes NaN, as missing numbers are.
 */
export function fillBlock(
  block: Float64Array,
  columns: readonly TreeColumn[],
  first: number,
  count: number,
): void {
  const width = columns.length;
  columns.forEach((column, at) => {
    if (column.kind === 'number') {
      const { values } = column;
      for (let i = 0, to = at; i < count; i++, to += width) block[to] = values[first + i]!;
    } else if (column.kind === 'codes') {
      const { codes } = column;
      for (let i = 0, to = at; i < count; i++, to += width) {
        const code = codes[first + i]!;
        block[to] = code < 0 ? Number.NaN : code;
      }
    } else {
      const { codes, level } = column;
      for (let i = 0, to = at; i < count; i++, to += width) block[to] = codes[first + i] === level ? 1 : 0;
    }
  });
}

/** The values of some rows of a column, as `fillBlock` writes them. */
export function valuesAt(column: TreeColumn, rows: Int32Array): Float64Array {
  if (column.kind === 'number') return Float64Array.from(rows, (row) => column.values[row]!);
  if (column.kind === 'codes') {
    return Float64Array.from(rows, (row) => (column.codes[row]! < 0 ? Number.NaN : column.codes[row]!));
  }
  return Float64Array.from(rows, (row) => (column.codes[row] === column.level ? 1 : 0));
}
