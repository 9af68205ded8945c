/**
 * What a recipe works on. Missing is NaN for numbers and -1 for categories; an empty text is missing too, because a graph
 * with text inputs has no other way to say it.
 *
 * | in the snapshot | here |
 * |---|---|
 * | whole and decimal numbers | number |
 * | true/false | number, 1 or 0 |
 * | dates, timestamps | number, days since 1970-01-01 (UTC) with fractions |
 * | text | category |
 */
export type RawColumn = NumberColumn | CategoryColumn;

export interface NumberColumn {
  readonly kind: 'number';
  readonly name: string;
  readonly values: Float64Array;
}

export interface CategoryColumn {
  readonly kind: 'category';
  readonly name: string;
  /** Each once, in any order; may hold levels no row has. Never ''. */
  readonly levels: readonly string[];
  /** Into `levels`; -1 is missing. */
  readonly codes: Int32Array;
}

/** A category that a step has turned into 0/1 features, one per level, kept as codes. */
export interface EncodedColumn {
  readonly kind: 'one-hot';
  readonly name: string;
  readonly levels: readonly string[];
  /** Into `levels`; -1 is all zeros. */
  readonly codes: Int32Array;
}

/** A category that a step has turned into one feature of level codes. */
export interface CodedColumn {
  readonly kind: 'codes';
  readonly name: string;
  readonly levels: readonly string[];
  /** Into `levels`; -1 is missing or unknown. */
  readonly codes: Int32Array;
}

/** A column between two steps. */
export type WorkColumn = RawColumn | EncodedColumn | CodedColumn;

export function columnLength(column: WorkColumn): number {
  return column.kind === 'number' ? column.values.length : column.codes.length;
}

/** The given rows of a column, in the given order; levels are shared, not copied. */
export function gatherRows<Column extends WorkColumn>(column: Column, rows: Int32Array): Column {
  if (column.kind === 'number') return { ...column, values: gather(column.values, rows, Float64Array) };
  return { ...column, codes: gather(column.codes, rows, Int32Array) };
}

function gather<Values extends Float64Array | Int32Array>(
  from: Values,
  rows: Int32Array,
  Kind: new (length: number) => Values,
): Values {
  const to = new Kind(rows.length);
  for (let i = 0; i < rows.length; i++) to[i] = from[rows[i] ?? 0] ?? NaN;
  return to;
}

/** The values there are, in order: a copy without the gaps. */
export function knownValues({ values }: NumberColumn): Float64Array {
  const known = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN;
    if (!Number.isNaN(value)) known[count++] = value;
  }
  return known.subarray(0, count);
}

/** What a person would call the column's kind. */
export function kindWords(column: WorkColumn): 'numbers' | 'text' | 'one-hot features' | 'level codes' {
  if (column.kind === 'number') return 'numbers';
  if (column.kind === 'codes') return 'level codes';
  return column.kind === 'category' ? 'text' : 'one-hot features';
}
