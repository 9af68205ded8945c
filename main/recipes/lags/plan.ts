import { isTextType } from '../../../preload/contract/column-types.ts';
import * as z from 'zod';
import type { ColumnFacts } from '../column-facts.ts';
import { unknownWords } from '../nearest.ts';

const Statistic = z.enum(['mean', 'min', 'max', 'sum', 'deviation']);
const Count = z.int().min(1).max(100_000);

/**
 * Features of earlier rows: the values of `columns` so many rows before (`back`), and statistics of so many rows before
 * (`windows`), in the order of `time` within each `group`. A row is worked out from rows at least `horizon` before it, never from
 * itself or later ones.
 */
export const LagPlan = z.strictObject({
  time: z.string().min(1),
  group: z.string().min(1).optional(),
  columns: z.array(z.string().min(1)).min(1).max(100),
  back: z.array(Count).max(100),
  windows: z.array(Count).max(100),
  statistics: z.array(Statistic).min(1),
  horizon: Count,
});
export type LagPlan = z.infer<typeof LagPlan>;

/** As people write it. */
export const WrittenLags = LagPlan.partial({ back: true, windows: true, statistics: true, horizon: true });
export type WrittenLags = z.infer<typeof WrittenLags>;

/** Without `back` and `windows`: the nearest row that may be looked at. */
export function fillLags(written: WrittenLags): LagPlan {
  const { time, group, columns, horizon = 1, windows = [], statistics = ['mean'] } = written;
  const back = written.back ?? (windows.length > 0 ? [] : [horizon]);
  return { time, ...(group === undefined ? {} : { group }), columns, back, windows, statistics, horizon };
}

/** A column that a plan makes. */
export interface LagColumn {
  readonly name: string;
  /** The column it is made of. */
  readonly of: string;
  readonly statistic: z.infer<typeof Statistic> | 'value';
  /** Rows from the first to the last one looked at, both counted backwards from the row. */
  readonly from: number;
  readonly to: number;
}

/** `sales_lag_7`, `sales_mean_28`: every column that a plan makes, in order. */
export function lagColumns({ columns, back, windows, statistics, horizon }: LagPlan): LagColumn[] {
  return columns.flatMap((of) => [
    ...back.map((n): LagColumn => ({ name: `${of}_lag_${n}`, of, statistic: 'value', from: n, to: n })),
    ...windows.flatMap((n) =>
      statistics.map((statistic): LagColumn => ({
        name: `${of}_${statistic}_${n}`,
        of,
        statistic,
        from: horizon,
        to: horizon + n - 1,
      })),
    ),
  ]);
}

/** The columns of the data that a plan reads. */
export function lagSources({ time, group, columns }: LagPlan): string[] {
  return [...new Set([time, ...(group === undefined ? [] : [group]), ...columns])];
}

/** How many rows back a plan looks. */
export function lagDepth(plan: LagPlan): number {
  return Math.max(0, ...lagColumns(plan).map(({ to }) => to));
}

/** What is wrong with a plan for the columns at hand. */
export function lagProblems(
  plan: LagPlan,
  facts: readonly ColumnFacts[],
): { path: string; message: string }[] {
  const problems: { path: string; message: string }[] = [];
  const names = facts.map(({ name }) => name);
  const typeOf = (name: string) => facts.find((one) => one.name === name)?.type;
  const look = (name: string, path: string, numbers: boolean) => {
    const type = typeOf(name);
    if (type === undefined) problems.push({ path, message: unknownWords('column', name, names) });
    else if (numbers && isTextType(type))
      problems.push({
        path,
        message: `column "${name}" is text; lags are of numbers, and go by a date, a time or a number`,
      });
  };
  look(plan.time, 'lags.time', true);
  if (plan.group !== undefined) look(plan.group, 'lags.group', false);
  plan.columns.forEach((name, i) => look(name, `lags.columns[${i}]`, true));
  plan.back.forEach((n, i) => {
    if (n < plan.horizon) {
      problems.push({
        path: `lags.back[${i}]`,
        message: `${n} is less than the horizon, ${plan.horizon}: that row is not known yet when the prediction is made`,
      });
    }
  });
  const made = lagColumns(plan).map(({ name }) => name);
  if (made.length === 0)
    problems.push({ path: 'lags', message: 'say how many rows back ("back") or over how many ("windows")' });
  made.forEach((name, i) => {
    if (names.includes(name) || made.indexOf(name) !== i) {
      problems.push({ path: 'lags', message: `there is a column "${name}" already` });
    }
  });
  return problems;
}

/** What is known of the columns that a plan makes, before they are made. */
export function lagFacts(plan: LagPlan, facts: readonly ColumnFacts[]): ColumnFacts[] {
  return lagColumns(plan).flatMap(({ name, of, to }): ColumnFacts[] => {
    const source = facts.find((one) => one.name === of);
    if (!source) return [];
    const missing = Math.min(source.rows, source.missing + to);
    return [{ ...source, name, type: 'float64', missing, whole: false, infinite: -1 }];
  });
}
