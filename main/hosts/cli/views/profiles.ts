import { typeText } from './type-text.ts';
import type * as z from 'zod';
import type { ColumnProfile, ComparedProfile } from '../../../../preload/contract/column-profile.ts';
import type { datasets } from '../../../../preload/contract/datasets.ts';
import { textTable } from '../text-table.ts';
import { counted, formatNumber } from '../text.ts';
import { blocks } from './view.ts';

export function profileTable(columns: readonly ColumnProfile[]): string {
  return textTable(
    ['column', 'type', 'missing', 'distinct', 'min', 'median', 'mean', 'max', 'outliers', 'commonest', ''],
    columns.map((column) => [
      column.name,
      typeText(column.type),
      column.missing,
      column.distinct,
      ...numbersOf(column),
      column.top
        .slice(0, column.numeric ? 1 : 3)
        .map(({ value, count }) => `${value} (${formatNumber(count)})`)
        .join(', '),
      traitsOf(column).join(', '),
    ]),
  );
}

/** A line for each column: what became of it, and its figures before and now. */
export function comparedProfiles(
  { dataset, version, rows }: { dataset: string; version: number; rows: number },
  { columns, ...other }: NonNullable<z.output<typeof datasets.profile.output>['against']>,
): string {
  return blocks(
    `${dataset}@${version} (${counted(rows, 'row')}) against ${other.dataset}@${other.version} (${counted(other.rows, 'row')}); of a pair the other's figure comes first`,
    textTable(
      ['column', 'change', 'type', 'missing', 'distinct', 'min', 'median', 'mean', 'max', 'commonest'],
      columns.map((one) => [
        one.name,
        changeWords[one.change],
        pair(one, ({ type }) => type),
        pair(one, ({ missing }) => missing),
        pair(one, ({ distinct }) => distinct),
        ...[0, 1, 2, 3].map((at) => pair(one, (profile) => numbersOf(profile)[at] ?? null)),
        pair(one, ({ top }) => top[0]?.value ?? null),
      ]),
    ),
  );
}

const changeWords = {
  same: 'the same values',
  changed: 'other values',
  retyped: 'another type',
  added: 'new',
  removed: 'gone',
} as const;

/** A figure before and now; once where it is the same, or there is one alone. */
function pair(one: ComparedProfile, tell: (profile: ColumnProfile) => string | number | null): string {
  const shown = (profile: ColumnProfile | null): string => {
    const value = profile && tell(profile);
    return value === null ? '-' : typeof value === 'number' ? formatNumber(value) : value;
  };
  const [before, now] = [shown(one.there), shown(one.here)];
  if (!one.there || !one.here) return one.there ? before : now;
  return before === now ? now : `${before} -> ${now}`;
}

function numbersOf({ type, numeric }: ColumnProfile): (string | number | null)[] {
  if (!numeric) return [null, null, null, null, null];
  const { min, max, exact, mean, quantiles, outliers } = numeric;
  return [
    exact?.min ?? momentText(type, min),
    momentText(type, quantiles.q50),
    momentText(type, mean),
    exact?.max ?? momentText(type, max),
    outliers.below + outliers.above,
  ];
}

/** Days and milliseconds as dates, other numbers as they are. */
function momentText(type: ColumnProfile['type'], value: number): string | number {
  const ms = type === 'date' ? value * 86_400_000 : value;
  if ((type !== 'date' && type !== 'timestamp' && type !== 'timestamptz') || Math.abs(ms) > 8.64e15)
    return value;
  return new Date(ms).toISOString().slice(0, type === 'date' ? 10 : 19);
}

function traitsOf({
  constant,
  likelyId,
  likelyDate,
  monotone,
  lengths,
  notFinite,
  numeric,
}: ColumnProfile): string[] {
  return [
    ...(constant ? ['constant'] : []),
    ...(likelyId ? ['looks like an id'] : []),
    ...(likelyDate === null ? [] : [`looks like dates (${likelyDate})`]),
    ...(monotone === null ? [] : [monotone]),
    ...(lengths ? [`${lengths.min} to ${lengths.max} characters`] : []),
    ...(numeric?.exact ? ['mean and median rounded to the nearest double'] : []),
    ...(notFinite > 0 ? [`${formatNumber(notFinite)} NaN or infinite`] : []),
  ];
}
