import * as z from 'zod';
import { ColumnType } from '../../../preload/contract/column-types.ts';
import { fail } from '../../../preload/contract/errors.ts';
import type { ColumnValues } from '../../datasets/index.ts';
import { defineExpectation, noRows, rowsThatFail, type CheckedTable, type Found } from './expectation.ts';
import { Bound, Column, Mostly } from './params.ts';
import { boundOf, isMissing, presentRows, rowsOf, textOf, valueText } from './values.ts';

const list = (values: readonly unknown[]): string => {
  const shown = values.slice(0, 6).map(String).join(', ');
  return values.length > 6 ? `${shown} and ${values.length - 6} more` : shown;
};

const share = (mostly: number): string => (mostly === 1 ? '' : `, in at least ${mostly * 100} % of the rows`);

/** Fails of the rows that have a value. */
function valuesThatFail(
  column: ColumnValues,
  fails: (row: number) => boolean,
  { mostly, what }: { readonly mostly: number; readonly what: string },
): Found {
  return rowsThatFail(rowsOf(column), (row) => !isMissing(column, row) && fails(row), {
    mostly,
    of: presentRows(column),
    what,
  });
}

/** Whether each level of a text column fails, looked at once a level and not once a row. */
function byLevel(column: ColumnValues, fails: (text: string) => boolean): (row: number) => boolean {
  if (column.kind !== 'text') return (row) => fails(textOf(column, row));
  const failing = column.levels.map(fails);
  return (row) => failing[column.codes[row]!] === true;
}

export const notNull = defineExpectation({
  id: 'not-null',
  title: 'No gaps',
  doc: 'Every row has a value; `mostly` allows a share of gaps.',
  params: z.object({ column: Column, mostly: Mostly }),
  says: ({ column, mostly }) => `${column} has a value${mostly === 1 ? ' in every row' : share(mostly)}`,
  async find({ column: name, mostly }, table) {
    const column = await table.column(name);
    return rowsThatFail(rowsOf(column), (row) => isMissing(column, row), { mostly, what: 'have no value' });
  },
});

export const columnType = defineExpectation({
  id: 'type',
  title: 'Type',
  doc: 'The column has this type.',
  params: z.object({ column: Column, type: ColumnType.meta({ title: 'Type' }) }),
  says: ({ column, type }) => `${column} is of type ${type}`,
  async find({ column: name, type }, table) {
    const column = await table.column(name);
    return { passed: column.type === type, observed: `it is ${column.type}`, failing: noRows };
  },
});

export const range = defineExpectation({
  id: 'range',
  title: 'Range',
  doc: 'Values lie between two bounds, both included; numbers, dates or moments (as ISO 8601).',
  params: z.object({
    column: Column,
    min: Bound.optional().meta({ title: 'Smallest' }),
    max: Bound.optional().meta({ title: 'Largest' }),
    mostly: Mostly,
  }),
  says: ({ column, min, max, mostly }) =>
    `${column} is ${[...(min === undefined ? [] : [`at least ${min}`]), ...(max === undefined ? [] : [`at most ${max}`])].join(' and ') || 'of any size'}${share(mostly)}`,
  async find({ column: name, min, max, mostly }, table) {
    const column = await table.column(name);
    if (column.kind === 'text') {
      throw fail('check-column-kind', {
        check: 'range',
        column: name,
        found: 'text',
        wanted: 'numbers, dates or moments',
      });
    }
    const bound = (given: number | string | undefined, fallback: number): number | bigint => {
      if (given === undefined) return fallback;
      const value = boundOf(column, given);
      if (value !== undefined) return value;
      throw fail('check-bound-unreadable', {
        check: 'range',
        column: name,
        type: column.type,
        bound: String(given),
      });
    };
    const [low, high] = [bound(min, -Infinity), bound(max, Infinity)];
    // A bigint and a double are compared as they are, without rounding.
    const outside = (value: number | bigint): boolean => !(value >= low && value <= high);
    const { values } = column;
    const exact = column.type === 'int64' ? column.exact : undefined;
    return valuesThatFail(column, (row) => outside(exact ? exact[row]! : values[row]!), {
      mostly,
      what: 'lie outside',
    });
  },
});

export const set = defineExpectation({
  id: 'set',
  title: 'Set of values',
  doc: 'Values are among these.',
  params: z.object({
    column: Column,
    values: z
      .array(z.union([z.string(), z.number(), z.boolean()]))
      .min(1)
      .meta({ title: 'Values' }),
    mostly: Mostly,
  }),
  says: ({ column, values, mostly }) => `${column} is one of ${list(values)}${share(mostly)}`,
  async find({ column: name, values, mostly }, table) {
    const column = await table.column(name);
    const allowed = new Set(values.map((value) => valueText(column, value)));
    const strange = new Set<string>();
    const fails = byLevel(column, (text) => !allowed.has(text));
    const found = valuesThatFail(column, fails, { mostly, what: 'hold something else' });
    for (const row of found.failing) strange.add(textOf(column, row));
    return strange.size ? { ...found, observed: `${found.observed}: ${list([...strange])}` } : found;
  },
});

export const regex = defineExpectation({
  id: 'regex',
  title: 'Pattern',
  doc: 'Texts match a regular expression (ECMAScript, with the u flag); anchor it with ^ and $ to match the whole.',
  params: z.object({
    column: Column,
    pattern: z.string().min(1).max(1000).meta({ title: 'Pattern' }),
    mostly: Mostly,
  }),
  says: ({ column, pattern, mostly }) => `${column} matches ${pattern}${share(mostly)}`,
  async find({ column: name, pattern, mostly }, table) {
    const column = await table.column(name);
    let expression: RegExp;
    try {
      expression = new RegExp(pattern, 'u');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw fail('check-pattern-unreadable', { column: name, pattern, reason });
    }
    const fails = byLevel(column, (text) => !expression.test(text));
    return valuesThatFail(column, fails, { mostly, what: 'do not match' });
  },
});

export const length = defineExpectation({
  id: 'length',
  title: 'Length',
  doc: 'Texts have so many characters.',
  params: z.object({
    column: Column,
    min: z.int().min(0).default(0).meta({ title: 'Shortest' }),
    max: z.int().min(0).optional().meta({ title: 'Longest' }),
    mostly: Mostly,
  }),
  says: ({ column, min, max, mostly }) =>
    `${column} has ${max === undefined ? `at least ${min}` : `${min} to ${max}`} characters${share(mostly)}`,
  async find({ column: name, min, max = Infinity, mostly }, table) {
    const column = await table.column(name);
    const fails = byLevel(column, (text) => {
      const characters = Array.from(text).length;
      return characters < min || characters > max;
    });
    return valuesThatFail(column, fails, { mostly, what: 'are shorter or longer' });
  },
});

/** Numbers by which the values of a column are told apart. */
interface RowKeys {
  readonly keys: Int32Array | Float64Array;
  readonly isMissing: (row: number) => boolean;
}

async function rowKeys(table: CheckedTable, name: string): Promise<RowKeys> {
  const exact = await table.exactCodes(name);
  if (exact) return { keys: exact, isMissing: (row) => exact[row]! < 0 };
  const column = await table.column(name);
  return {
    keys: column.kind === 'text' ? column.codes : column.values,
    isMissing: (row) => isMissing(column, row),
  };
}

export const unique = defineExpectation({
  id: 'unique',
  title: 'Unique',
  doc: 'No two rows have the same value, or the same values of several columns together. Rows without a value are not looked at.',
  params: z.object({
    columns: z.array(Column).min(1).max(20).meta({ title: 'Columns' }),
  }),
  says: ({ columns }) =>
    `${columns.join(', ')} ${columns.length === 1 ? 'is' : 'are together'} different in every row`,
  async find({ columns: names }, table) {
    const keys: RowKeys[] = [];
    for (const name of names) keys.push(await rowKeys(table, name));
    const [only] = keys;
    const keyOf = (row: number): string | number =>
      keys.length === 1 && only ? only.keys[row]! : keys.map((column) => column.keys[row]).join(' ');
    const seen = new Map<string | number, number>();
    const again = new Set<number>();
    let looked = 0;
    for (let row = 0; row < table.rows; row++) {
      if (keys.some((column) => column.isMissing(row))) continue;
      looked++;
      const key = keyOf(row);
      const first = seen.get(key);
      if (first === undefined) seen.set(key, row);
      else again.add(row).add(first);
    }
    return rowsThatFail(table.rows, (row) => again.has(row), { of: looked, what: 'occur more than once' });
  },
});

export const referential = defineExpectation({
  id: 'referential',
  title: 'Found elsewhere',
  doc: 'Every value occurs in a column of another dataset.',
  params: z.object({
    column: Column,
    dataset: z.string().min(1).meta({ title: 'Other dataset' }),
    in: z.string().min(1).meta({ title: 'Its column' }),
    mostly: Mostly,
  }),
  says: ({ column, dataset, in: other, mostly }) =>
    `${column} occurs in ${other} of ${dataset}${share(mostly)}`,
  async find({ column: name, dataset, in: other, mostly }, table) {
    const there = await table.otherColumn(dataset, other);
    const known = new Set<string>();
    if (there.kind === 'text') for (const level of there.levels) known.add(level);
    else
      for (let row = 0; row < rowsOf(there); row++) if (!isMissing(there, row)) known.add(textOf(there, row));
    const column = await table.column(name);
    const fails = byLevel(column, (text) => !known.has(text));
    return valuesThatFail(column, fails, { mostly, what: `are not in ${other} of ${dataset}` });
  },
});
