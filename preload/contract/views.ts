import * as z from 'zod';

/** Failures of what is asked of the rows of a snapshot. */
export const viewFailures = {
  'condition-invalid': (d: { condition: string; expected: string; got: string }) =>
    `condition ${JSON.stringify(d.condition)}: expected ${d.expected}, got ${d.got}`,
  'sort-invalid': (d: { sort: string; expected: string }) =>
    `sort ${JSON.stringify(d.sort)}: expected ${d.expected}`,
  'sort-too-large': (d: { column: string; limit: number }) =>
    `column "${d.column}" has more than ${d.limit / 2 ** 20} MB of different texts; sort by another column, or leave rows out first with a condition`,
};

/**
 * Which rows of a snapshot, in which order. Plain text that is parsed, never run.
 *
 * `sort`: `COLUMN`, `COLUMN:asc` or `COLUMN:desc`, the first one counts most. Numbers by size (NaN above infinity), texts
 * in the order of their UTF-8 bytes, false before true. Equal rows keep the order of the snapshot; missing values come last in both directions.
 *
 * `where`: conditions that must all hold. A condition is `COLUMN TEST`, several are joined by `and`; TEST is one of
 * - `= V`, `!= V`, `< V`, `<= V`, `> V`, `>= V`
 * - `between V and V` (both ends included)
 * - `in (V, V, ...)`, `not in (V, V, ...)`
 * - `contains V` (texts, upper and lower case alike)
 * - `is missing`, `is not missing`
 *
 * COLUMN is a name as it stands, or in double quotes; V is read by the column's type (a number, `true`, `2024-01-31`,
 * `2024-01-31 13:05:00`, text), in single or double quotes where it holds spaces, commas or brackets; a quote inside
 * is doubled. A missing value passes `is missing` alone.
 *
 * `search`: rows in which any value, written out, contains this text (upper and lower case alike).
 */
export const rowView = {
  sort: z.array(z.string().min(1)).max(16).optional().describe('COLUMN:asc or COLUMN:desc'),
  where: z
    .array(z.string().min(1).max(100_000))
    .max(100)
    .optional()
    .describe("a condition such as 'price >= 100000', 'city in (A, B)', 'name contains x', 'age is missing'"),
  search: z.string().max(1000).optional().describe('rows in which any value contains this text'),
};
export const RowView = z.object(rowView);
export type RowView = z.infer<typeof RowView>;
