import { fail } from '../../../preload/contract/errors.ts';
import type { TypedColumn } from '../column-facts.ts';
import { columnLength, type RawColumn } from '../columns.ts';
import { lagColumns, type LagColumn, type LagPlan } from './plan.ts';

/**
 * The columns that a plan makes of a table, row by row as the table has them. Missing where there are not enough rows before, where one
 * of them has no value, and where the row has no time or no group. A window's deviation is that of a sample (n - 1).
 * Throws `lags-time-twice` when two rows of a group have the same time: which is the earlier would be chance.
 */
export function makeLags(plan: LagPlan, table: readonly TypedColumn[]): TypedColumn[] {
  const columnOf = (name: string): RawColumn => {
    const column = table.find((one) => one.column.name === name)?.column;
    if (column) return column;
    throw fail('input-column-missing', { column: name, known: table.map((one) => one.column.name) });
  };
  const { order, first } = timeOrder(plan, columnOf);
  return lagColumns(plan).map((lag) => {
    const source = columnOf(lag.of);
    if (source.kind !== 'number') throw new Error(`"${lag.of}" is no number`);
    return {
      type: 'float64',
      column: { kind: 'number', name: lag.name, values: lagged(lag, source.values, order, first) },
    };
  });
}

interface TimeOrder {
  /** The rows with a time and a group: group by group, the oldest first. */
  readonly order: Int32Array;
  /** For each of them the place in `order` where its group begins. */
  readonly first: Int32Array;
}

function timeOrder(plan: LagPlan, columnOf: (name: string) => RawColumn): TimeOrder {
  const time = columnOf(plan.time);
  if (time.kind !== 'number') throw new Error(`"${plan.time}" is no time`);
  const times = time.values;
  const group = plan.group === undefined ? null : columnOf(plan.group);
  const groups = group === null ? null : group.kind === 'number' ? group.values : group.codes;
  const isKnown = (row: number) => {
    const of = groups?.[row] ?? 0;
    return !Number.isNaN(times[row]!) && !Number.isNaN(of) && !(group?.kind === 'category' && of < 0);
  };
  const order = Int32Array.from(Array.from({ length: columnLength(time) }, (_, row) => row).filter(isKnown));
  order.sort((a, b) => (groups ? groups[a]! - groups[b]! : 0) || times[a]! - times[b]!);
  const first = new Int32Array(order.length);
  for (let at = 1; at < order.length; at++) {
    const [row, before] = [order[at]!, order[at - 1]!];
    const isSame = !groups || groups[row] === groups[before];
    first[at] = isSame ? first[at - 1]! : at;
    if (isSame && times[row] === times[before]) {
      const rows = [row + 1, before + 1].toSorted((a, b) => a - b);
      throw fail('lags-time-twice', {
        time: plan.time,
        group: plan.group ?? null,
        rows: [rows[0]!, rows[1]!],
      });
    }
  }
  return { order, first };
}

function lagged(
  { statistic, from, to }: LagColumn,
  values: Float64Array,
  order: Int32Array,
  first: Int32Array,
): Float64Array {
  const result = new Float64Array(values.length).fill(Number.NaN);
  const window = new Float64Array(to - from + 1);
  for (let at = 0; at < order.length; at++) {
    if (at - to < first[at]!) continue;
    for (let i = 0; i < window.length; i++) window[i] = values[order[at - to + i]!]!;
    result[order[at]!] = statistic === 'value' ? window[0]! : statistics[statistic](window);
  }
  return result;
}

function sum(window: Float64Array): number {
  let total = 0;
  for (const value of window) total += value;
  return total;
}

/** Missing where a value is. */
const statistics = {
  sum,
  mean: (window: Float64Array) => sum(window) / window.length,
  min: (window: Float64Array) => Math.min(...extremes(window)),
  max: (window: Float64Array) => Math.max(...extremes(window)),
  deviation: (window: Float64Array) => {
    const mean = sum(window) / window.length;
    let squares = 0;
    for (const value of window) squares += (value - mean) ** 2;
    return Math.sqrt(squares / (window.length - 1));
  },
};

/** The smallest and the largest; NaN where a value is. */
function extremes(window: Float64Array): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of window) {
    if (Number.isNaN(value)) return [value, value];
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}
