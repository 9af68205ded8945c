import type { ColumnProfile } from '../../../../preload/contract/column-profile.ts';
import { columnText, valueText } from './view-query.ts';

/** The conditions that keep just the rows of one bar of a column's picture. */
export function barCondition(profile: ColumnProfile, bar: number): readonly string[] {
  const name = columnText(profile.name);
  if (!profile.histogram.length) {
    const top = profile.top[bar];
    return top ? [`${name} = ${valueText(top.value)}`] : [];
  }
  const bin = profile.histogram[bar];
  if (!bin) return [];
  const isWhole = profile.type === 'int64' || profile.type === 'date';
  // Each whole number has a bar of its own where there are few.
  if (isWhole && bin.upper - bin.lower === 1) return [`${name} = ${written(bin.lower, profile)}`];
  const isLast = bar === profile.histogram.length - 1;
  return [
    `${name} >= ${written(isWhole ? Math.ceil(bin.lower) : bin.lower, profile)}`,
    isLast
      ? `${name} <= ${written(isWhole ? Math.floor(bin.upper) : bin.upper, profile)}`
      : isWhole
        ? `${name} <= ${written(Math.ceil(bin.upper) - 1, profile)}`
        : `${name} < ${written(bin.upper, profile)}`,
  ];
}

/** Days and milliseconds since 1970 become dates and moments again. */
function written(value: number, { type }: ColumnProfile): string {
  if (type === 'date') return new Date(value * 86_400_000).toISOString().slice(0, 10);
  if (type === 'timestamp') return valueText(new Date(value).toISOString().replace('T', ' ').slice(0, -1));
  if (type === 'timestamptz') return valueText(new Date(value).toISOString().replace('T', ' '));
  return String(value);
}
