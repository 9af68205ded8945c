import { decimalSize, isDecimal } from '../../../preload/contract/column-types.ts';
import { fail } from '../../../preload/contract/errors.ts';
import { compactLevels, type TypedColumn } from '../column-facts.ts';
import { columnLength, type RawColumn } from '../columns.ts';
import { joinColumns, type JoinPlan, type JoinStatistic } from './plan.ts';

export interface LookedUp {
  readonly columns: readonly TypedColumn[];
  /** Rows here whose key is in no row there, or that have none. */
  readonly unmatched: number;
}

/**
 * What a join gives the rows of `here`. A row without a match has no value in any of the columns; nor has one with a gap in its key. Numbers are the
 * same when they are equal, texts when every character is. Throws `join-key-twice` when two rows there have the same key and the plan has no
 * aggregate, `join-key-inexact` when a key there is no exact double.
 */
export function lookUp(plan: JoinPlan, here: readonly RawColumn[], there: readonly TypedColumn[]): LookedUp {
  const names = Object.keys(plan.on);
  for (const name of names)
    refuseInexact(
      plan,
      there.find(({ column }) => column.name === plan.on[name]),
    );
  const left = names.map((name) => columnNamed(here, name));
  const right = names.map((name) =>
    columnNamed(
      there.map(({ column }) => column),
      plan.on[name]!,
    ),
  );
  const keys = keysOf(left, right);
  const unmatched = keys.left.reduce((count, key) => count + Number(key < 0), 0);
  const made = joinColumns(plan);
  const sourceOf = (name: string) => there.find(({ column }) => column.name === name)!;
  if (plan.aggregate !== undefined) {
    const how = plan.aggregate;
    return {
      unmatched,
      columns: made.map(({ name, of }) => {
        const { type, column } = sourceOf(of);
        const values = spread(aggregated(how, column, keys), keys.left);
        const keeps = how === 'min' || how === 'max';
        return {
          type: keeps ? type : how === 'count' ? 'int64' : 'float64',
          column: { kind: 'number', name, values },
        };
      }),
    };
  }
  const rowOf = onlyRows(plan, right, keys);
  const rows = keys.left.map((key) => (key < 0 ? -1 : rowOf[key]!));
  return {
    unmatched,
    columns: made.map(({ name, of }) => {
      const { type, column } = sourceOf(of);
      return { type, column: compactLevels({ ...gatherOrMissing(column, rows), name }) };
    }),
  };
}

/** Numbers are doubles here, which don't tell all whole numbers or decimals beyond 2^53 units apart. */
function refuseInexact(plan: JoinPlan, key: TypedColumn | undefined): void {
  if (key?.column.kind !== 'number' || key.type === 'float64') return;
  const places = isDecimal(key.type) ? decimalSize(key.type).scale : 0;
  const most = 2 ** 53 / 10 ** places;
  const at = key.column.values.findIndex((value) => Math.abs(value) >= most);
  if (at < 0) return;
  throw fail('join-key-inexact', { dataset: plan.dataset, column: key.column.name, row: at + 1 });
}

function columnNamed(columns: readonly RawColumn[], name: string): RawColumn {
  const column = columns.find((one) => one.name === name);
  if (column) return column;
  throw fail('input-column-missing', { column: name, known: columns.map((one) => one.name) });
}

interface Keys {
  /** By row, -1 for none. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly count: number;
}

/** Numbers the keys that rows there have, from 0; a key that only rows here have is none. */
function keysOf(left: readonly RawColumn[], right: readonly RawColumn[]): Keys {
  const parts = right.map((column, i) => numbered(left[i]!, column));
  return parts.reduce((before, next) => {
    const known = new Map<number, number>();
    const both = (a: number, b: number) => (a < 0 || b < 0 ? -1 : a * next.count + b);
    const there = next.right.map((key, row) => {
      const pair = both(before.right[row]!, key);
      if (pair < 0) return -1;
      const number = known.get(pair) ?? known.size;
      known.set(pair, number);
      return number;
    });
    const here = next.left.map((key, row) => known.get(both(before.left[row]!, key)) ?? -1);
    return { left: here, right: there, count: known.size };
  });
}

function numbered(left: RawColumn, right: RawColumn): Keys {
  if (left.kind !== right.kind) throw new Error(`"${left.name}" and "${right.name}" are not of one kind`);
  const known = new Map<string | number, number>();
  const enter = (value: string | number): number => {
    const number = known.get(value) ?? known.size;
    known.set(value, number);
    return number;
  };
  if (right.kind === 'number' && left.kind === 'number') {
    // -0 and 0 are one key of a Map; NaN is no key.
    const there = Int32Array.from(right.values, (value) => (Number.isNaN(value) ? -1 : enter(value)));
    const here = Int32Array.from(left.values, (value) => known.get(value) ?? -1);
    return { left: here, right: there, count: known.size };
  }
  if (right.kind !== 'category' || left.kind !== 'category') throw new Error('unreachable');
  const there = right.codes.map((code) => (code < 0 ? -1 : enter(right.levels[code]!)));
  const numberOf = left.levels.map((level) => known.get(level) ?? -1);
  const here = left.codes.map((code) => (code < 0 ? -1 : numberOf[code]!));
  return { left: here, right: there, count: known.size };
}

/** The row of each key. */
function onlyRows(plan: JoinPlan, columns: readonly RawColumn[], { right, count }: Keys): Int32Array {
  const rowOf = new Int32Array(count).fill(-1);
  right.forEach((key, row) => {
    if (key < 0) return;
    const before = rowOf[key]!;
    if (before < 0) {
      rowOf[key] = row;
      return;
    }
    const value = columns.map((column) => valueWords(column, row)).join(', ');
    throw fail('join-key-twice', {
      dataset: plan.dataset,
      columns: columns.map(({ name }) => name),
      value,
      rows: [before + 1, row + 1],
    });
  });
  return rowOf;
}

function valueWords(column: RawColumn, row: number): string {
  return column.kind === 'number' ? String(column.values[row]) : `"${column.levels[column.codes[row]!]}"`;
}

/** One value per key; NaN where no row has a value. */
function aggregated(how: JoinStatistic, column: RawColumn, { right, count }: Keys): Float64Array {
  const total = new Float64Array(count);
  const known = new Float64Array(count);
  right.forEach((key, row) => {
    if (key < 0) return;
    if (column.kind === 'category') {
      if (column.codes[row]! >= 0) known[key]!++;
      return;
    }
    const value = column.values[row]!;
    if (Number.isNaN(value)) return;
    const before = total[key]!;
    const first = known[key] === 0;
    if (how === 'min') total[key] = first ? value : Math.min(before, value);
    else if (how === 'max') total[key] = first ? value : Math.max(before, value);
    else total[key] = before + value;
    known[key]!++;
  });
  if (how === 'count') return known;
  return total.map((value, key) =>
    known[key] === 0 ? Number.NaN : how === 'mean' ? value / known[key]! : value,
  );
}

function spread(values: Float64Array, keys: Int32Array): Float64Array {
  return Float64Array.from(keys, (key) => (key < 0 ? Number.NaN : values[key]!));
}

function gatherOrMissing(column: RawColumn, rows: Int32Array): RawColumn {
  if (column.kind === 'number') {
    return {
      ...column,
      values: Float64Array.from(rows, (row) => (row < 0 ? Number.NaN : column.values[row]!)),
    };
  }
  return { ...column, codes: rows.map((row) => (row < 0 ? -1 : column.codes[row]!)) };
}

/** How many rows a join found nothing for; undefined when it found something for all. */
export function unmatchedNote(
  plan: JoinPlan,
  { unmatched }: Pick<LookedUp, 'unmatched'>,
  here: readonly RawColumn[],
  words: string,
): string | undefined {
  if (unmatched === 0) return undefined;
  const rows = here[0] ? columnLength(here[0]) : 0;
  const names = joinColumns(plan).map(({ name }) => name);
  return `${unmatched} of ${rows} rows have no match in ${words}, so they have no value of ${names.join(', ')}`;
}
