import * as z from 'zod';
import { inputTypeOf, type TypedColumn } from '../column-facts.ts';
import { columnLength, gatherRows, type RawColumn } from '../columns.ts';
import { InputType, type NamedInput } from '../pipeline-input.ts';
import { makeLags } from './add-lags.ts';
import { lagColumns, lagDepth, LagPlan, lagSources } from './plan.ts';

/**
 * The newest rows of the data a model learned from, as many per group as its lags look back: with them the model works out the lags
 * of the rows that come next.
 */
export const History = z.object({
  plan: LagPlan,
  inputs: z.array(z.object({ name: z.string(), type: InputType })),
  /** A value per row and column, in the order of `inputs`; null is missing. */
  rows: z.array(z.array(z.union([z.number(), z.string(), z.null()]))),
});
export type History = z.infer<typeof History>;

/** The last rows of each group, by time. */
export function takeHistory(plan: LagPlan, table: readonly TypedColumn[]): History {
  const sources = lagSources(plan).map((name) => table.find(({ column }) => column.name === name)!);
  const [time] = sources;
  const times = time?.column.kind === 'number' ? time.column.values : new Float64Array(0);
  const groupOf = groupsOf(
    plan,
    sources.map(({ column }) => column),
  );
  const byGroup = Map.groupBy(
    Array.from(times.keys()).filter((row) => !Number.isNaN(times[row]!)),
    groupOf,
  );
  const rows = [...byGroup.values()].flatMap((all) =>
    all.toSorted((a, b) => times[a]! - times[b]!).slice(-lagDepth(plan)),
  );
  return {
    plan,
    inputs: sources.map(({ type, column }) => ({ name: column.name, type: inputTypeOf(type) })),
    rows: rows.map((row) => sources.map(({ column }) => valueAt(column, row))),
  };
}

function groupsOf(
  { group }: LagPlan,
  columns: readonly RawColumn[],
): (row: number) => string | number | null {
  const column = columns.find(({ name }) => name === group);
  return (row) => (column ? valueAt(column, row) : null);
}

function valueAt(column: RawColumn, row: number): number | string | null {
  if (column.kind === 'category') return column.levels[column.codes[row] ?? -1] ?? null;
  const value = column.values[row] ?? Number.NaN;
  return Number.isNaN(value) ? null : value;
}

/** What a table for prediction must have, and may have, when the lags are not in it. */
export function historyInputs(
  { plan, inputs }: History,
  of: readonly NamedInput[],
  present: readonly string[],
): NamedInput[] | null {
  const made = lagColumns(plan).map(({ name }) => name);
  const wanted = of.filter(({ name }) => made.includes(name));
  if (wanted.every(({ name }) => present.includes(name))) return null;
  const own = of.filter(({ name }) => !made.includes(name));
  const more = inputs.filter(
    ({ name }) =>
      !own.some((input) => input.name === name) &&
      (name === plan.time || name === plan.group || present.includes(name)),
  );
  return [...own, ...more];
}

/**
 * The lags of rows that follow the history. Of the history counts what is older than the first row given of its group, so that
 * rows given anew take the place of those known; values not given are missing.
 */
export function lagsAfter({ plan, inputs, rows }: History, columns: readonly RawColumn[]): RawColumn[] {
  const given = columns[0] ? columnLength(columns[0]) : 0;
  const own = inputs.map(
    ({ name, type }) => columns.find((column) => column.name === name) ?? blank(name, type, given),
  );
  const [time] = own;
  const times = time?.kind === 'number' ? time.values : new Float64Array(0);
  const groupOf = groupsOf(plan, own);
  const began = new Map<string | number | null, number>();
  for (let row = 0; row < given; row++) {
    const at = times[row]!;
    if (at < (began.get(groupOf(row)) ?? Infinity)) began.set(groupOf(row), at);
  }
  const groupAt = inputs.findIndex(({ name }) => name === plan.group);
  const older = rows.filter(
    (row) => Number(row[0]) < (began.get(groupAt < 0 ? null : (row[groupAt] ?? null)) ?? -Infinity),
  );
  const joined = own.map((column, i): TypedColumn => ({
    type: column.kind === 'number' ? 'float64' : 'utf8',
    column: append(
      older.map((row) => row[i] ?? null),
      column,
    ),
  }));
  const last = Int32Array.from({ length: given }, (_, row) => older.length + row);
  return makeLags(plan, joined).map(({ column }) => gatherRows(column, last));
}

function blank(name: string, type: InputType, rows: number): RawColumn {
  return type === 'text'
    ? { kind: 'category', name, levels: [], codes: new Int32Array(rows).fill(-1) }
    : { kind: 'number', name, values: new Float64Array(rows).fill(Number.NaN) };
}

function append(before: readonly (string | number | null)[], column: RawColumn): RawColumn {
  if (column.kind === 'number') {
    return {
      ...column,
      values: Float64Array.from([
        ...before.map((value) => (value === null ? Number.NaN : Number(value))),
        ...column.values,
      ]),
    };
  }
  const levels = [
    ...new Set([...before.flatMap((value) => (value === null ? [] : [String(value)])), ...column.levels]),
  ];
  const codeOf = new Map(levels.map((level, code) => [level, code]));
  const codes = [
    ...before.map((value) => (value === null ? -1 : codeOf.get(String(value))!)),
    ...Array.from(column.codes, (code) => (code < 0 ? -1 : codeOf.get(column.levels[code]!)!)),
  ];
  return { ...column, levels, codes: Int32Array.from(codes) };
}
