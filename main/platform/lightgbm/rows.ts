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

/** The values of some rows of a column, as `fillBlock` writes them, without the zeros: LightGBM's sample of a feature. */
export function sampleOf(
  column: TreeColumn,
  rows: Int32Array,
): { readonly values: Float64Array; readonly places: Int32Array } {
  const values = new Float64Array(rows.length);
  const places = new Int32Array(rows.length);
  let kept = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    let value: number;
    if (column.kind === 'number') value = column.values[row]!;
    else if (column.kind === 'level') value = column.codes[row] === column.level ? 1 : 0;
    else value = column.codes[row]! < 0 ? Number.NaN : column.codes[row]!;
    if (Math.abs(value) <= zeroThreshold) continue;
    values[kept] = value;
    places[kept++] = i;
  }
  return { values: values.subarray(0, kept), places: places.subarray(0, kept) };
}

/** LightGBM takes smaller numbers for zeros and leaves them out of its samples (meta.h: kZeroThreshold). */
const zeroThreshold = 1e-35;
