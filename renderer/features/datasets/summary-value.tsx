import type { ColumnSummary } from '../../../preload/contract/datasets.ts';
import { Num } from '../../ui/text/num.tsx';

/** A number of a summary in the column's own terms: days and milliseconds become dates again. */
export function SummaryValue({
  of,
  value,
}: {
  of: Pick<ColumnSummary, 'type'>;
  value: number | null | undefined;
}) {
  if (value === null || value === undefined) return <span className="faint">–</span>;
  if (of.type === 'date') return <span>{isoDate(value * 86_400_000)}</span>;
  if (of.type === 'timestamp' || of.type === 'timestamptz') {
    return <span>{new Date(value).toISOString().replace('T', ' ').slice(0, 19)}</span>;
  }
  return <Num value={value} />;
}

function isoDate(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
