import type * as z from 'zod';
import type { ColumnValues } from '../../datasets/index.ts';

/** What an expectation looks at. Columns are read when asked for, one at a time. */
export interface CheckedTable {
  readonly rows: number;
  /** Throws `column-not-found`. */
  column(name: string): Promise<ColumnValues>;
  /** Its values as places among the different ones, where doubles may not tell them apart. Throws `column-not-found`. */
  exactCodes(name: string): Promise<Int32Array | undefined>;
  /** The same column of another dataset, by reference. Throws `dataset-not-found`, `column-not-found`. */
  otherColumn(dataset: string, name: string): Promise<ColumnValues>;
  /** Now, in milliseconds since 1970-01-01. */
  readonly now: number;
}

export interface Found {
  readonly passed: boolean;
  /** What is true of the data, in words: `3 of 932 rows are below 0`. */
  readonly observed: string;
  /** Index of every row that fails, 0 for the first, in order; none where it is about the table as a whole. */
  readonly failing: Uint32Array;
}

/** Of a check that is about the table as a whole. */
export const noRows = new Uint32Array();

/**
 * One kind of check: parameters as data, a sentence for people, and what it finds. One file `expectations/<id>.ts`, listed in
 * expectations/index.ts, held by its conformance battery.
 *
 * @example
 * defineExpectation({ id: 'not-null', title: 'No gaps', doc: '...', params: z.object({ column: Column, mostly: Mostly }),
 *   says: ({ column }) => `${column} has a value in every row`, find: async ({ column, mostly }, table) => ... });
 */
export interface Expectation<Params extends z.ZodObject = z.ZodObject> {
  readonly id: string;
  readonly title: string;
  readonly doc: string;
  readonly params: Params;
  /** What is expected, in words. */
  says(params: z.output<Params>): string;
  find(params: z.output<Params>, table: CheckedTable): Promise<Found>;
}

export function defineExpectation<Params extends z.ZodObject>(
  expectation: Expectation<Params>,
): Expectation<Params> {
  return expectation;
}

/** Counts rows that fail, of those that are looked at, against a share that may. */
export function rowsThatFail(
  rows: number,
  fails: (row: number) => boolean,
  { mostly = 1, of = rows, what }: { readonly mostly?: number; readonly of?: number; readonly what: string },
): Found {
  let found = new Uint32Array(1024);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    if (!fails(row)) continue;
    if (count === found.length) {
      const larger = new Uint32Array(Math.min(rows, 2 * count));
      larger.set(found);
      found = larger;
    }
    found[count++] = row;
  }
  // 1 - 0.95 is a little more than 0.05 in binary.
  const passed = count <= (1 - mostly) * of + 1e-9;
  return { passed, observed: `${counted(count, of)} ${what}`, failing: found.slice(0, count) };
}

function counted(failing: number, of: number): string {
  return `${failing === 0 ? 'none' : failing.toLocaleString('en')} of ${of.toLocaleString('en')} rows`;
}
