import * as z from 'zod';

/** Why a column takes no part in the associations. */
export const LeftOut = z.object({
  name: z.string(),
  /** `one-value`: nothing varies; `many-values`: a text with more different values than the limit; `beyond-limit`: there are too many columns. */
  reason: z.enum(['one-value', 'many-values', 'beyond-limit']),
});

/** A square matrix, row by row in the order of the columns; null where the measure is of other kinds of column. */
const Matrix = z.array(z.array(z.number().nullable()));

export const Associations = z.object({
  /** Rows that were looked at: all of them, or evenly spaced ones where there are more than fit in memory. */
  rows: z.int(),
  /** Numbers, dates and timestamps are numbers; text and bool are categories. */
  columns: z.array(z.object({ name: z.string(), kind: z.enum(['number', 'category']) })),
  leftOut: z.array(LeftOut),
  /** Of numbers, from the rows that have both: -1 to 1. */
  pearson: Matrix,
  /** The same of their ranks, equal values having the mean of theirs. */
  spearman: Matrix,
  /** Of categories: 0 to 1. */
  cramersV: Matrix,
  /** Of a number and a category: 0 to 1. */
  correlationRatio: Matrix,
});
export type Associations = z.infer<typeof Associations>;

export const MissingPatterns = z.object({
  /** Columns with missing values, most first. */
  columns: z.array(z.object({ name: z.string(), missing: z.int() })),
  /** Rows in which nothing is missing. */
  complete: z.int(),
  /** How many different sets of columns are missing together. */
  different: z.int(),
  /** The commonest sets, twenty at most. */
  patterns: z.array(z.object({ columns: z.array(z.string()), rows: z.int() })),
  /** Correlation of being missing, of each two of `columns` (the first fifty); null where a column is missing throughout. */
  together: Matrix,
});
export type MissingPatterns = z.infer<typeof MissingPatterns>;

export const DuplicateRows = z.object({
  /** Rows that are, value by value, like one before them. */
  rows: z.int(),
  /** Different rows that occur more than once. */
  groups: z.int(),
  /** The first ten: a row's number, and that of the row it is like; both from 1. */
  examples: z.array(z.object({ row: z.int(), like: z.int() })),
});
export type DuplicateRows = z.infer<typeof DuplicateRows>;

export const Relations = z.object({
  associations: Associations,
  missing: MissingPatterns,
  duplicates: DuplicateRows,
});
export type Relations = z.infer<typeof Relations>;
