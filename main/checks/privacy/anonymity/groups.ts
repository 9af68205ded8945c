import type { ColumnValues } from '../../../datasets/index.ts';

/** Rows of equal quasi-identifiers: `of` gives each row's group, `sizes` each group's rows. A missing value is a value of its own. */
export interface Groups {
  readonly of: Int32Array;
  readonly sizes: readonly number[];
}

/** Columns are joined one after the other, so that what is in memory are two numbers a row. */
export function groupRows(columns: readonly ColumnValues[], rows: number): Groups {
  let of = new Int32Array(rows);
  let count = Math.min(rows, 1);
  for (const column of columns) {
    const { codes, levels } = codesOf(column);
    const seen = new Map<number, number>();
    const next = new Int32Array(rows);
    for (let row = 0; row < rows; row++) {
      const pair = of[row]! * (levels + 1) + codes(row) + 1;
      let group = seen.get(pair);
      if (group === undefined) {
        group = seen.size;
        seen.set(pair, group);
      }
      next[row] = group;
    }
    of = next;
    count = seen.size;
  }
  const sizes = Array.from({ length: count }, () => 0);
  for (const group of of) sizes[group]! += 1;
  return { of, sizes };
}

interface Codes {
  /** -1 where missing. */
  readonly codes: (row: number) => number;
  readonly levels: number;
}

export function codesOf(column: ColumnValues): Codes {
  if (column.kind === 'text') return { codes: (row) => column.codes[row]!, levels: column.levels.length };
  const { values, present } = column;
  const places = new Map<number, number>();
  const codes = Int32Array.from(values, (value, row) => {
    if (present ? present[row] === 0 : false) return -1;
    const known = places.get(value);
    if (known !== undefined) return known;
    places.set(value, places.size);
    return places.size - 1;
  });
  return { codes: (row) => codes[row]!, levels: places.size };
}
