import type { ColumnSummary } from '../../../../preload/contract/datasets.ts';
import { columnText, valueText } from './view-query.ts';

/** The conditions that keep just the rows of one bar of a column's picture. */
export function barCondition(summary: ColumnSummary, bar: number): readonly string[] {
  const name = columnText(summary.name);
  if (!summary.histogram.length) {
    const top = summary.top[bar];
    return top ? [`${name} = ${valueText(top.value)}`] : [];
  }
  const bin = summary.histogram[bar];
  if (!bin) return [];
  const isWhole = summary.type === 'int64' || summary.type === 'date';
  // Each whole number has a bar of its own where there are few.
  if (isWhole && bin.upper - bin.lower === 1) return [`${name} = ${written(bin.lower, summary)}`];
  const isLast = bar === summary.histogram.length - 1;
  return [
    `${name} >= ${written(isWhole ? Math.ceil(bin.lower) : bin.lower, summary)}`,
    isLast
      ? `${name} <= ${written(isWhole ? Math.floor(bin.upper) : bin.upper, summary)}`
      : isWhole
        ? `${name} <= ${written(Math.ceil(bin.upper) - 1, summary)}`
        : `${name} < ${written(bin.upper, summary)}`,
  ];
}

/** Days and milliseconds since 1970 become dates and moments again. */
function written(value: number, { type }: ColumnSummary): string {
  if (type === 'date') return new Date(value * 86_400_000).toISOString().slice(0, 10);
  if (type === 'timestamp') return valueText(new Date(value).toISOString().replace('T', ' ').slice(0, -1));
  if (type === 'timestamptz') return valueText(new Date(value).toISOString().replace('T', ' '));
  return String(value);
}
