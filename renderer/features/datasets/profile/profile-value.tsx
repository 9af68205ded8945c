import type { ColumnProfile } from '../../../../preload/contract/datasets.ts';
import { Num } from '../../../ui/text/num.tsx';

/** A number of a profile in the column's own terms: days and milliseconds become dates again. */
export function ProfileValue({
  of,
  value,
}: {
  of: Pick<ColumnProfile, 'type'>;
  value: number | null | undefined;
}) {
  if (value === null || value === undefined) return <span className="faint">–</span>;
  // Beyond the years that a Date knows, the number has to do.
  const milliseconds = of.type === 'date' ? value * 86_400_000 : value;
  if (Math.abs(milliseconds) > 8.64e15) return <Num value={value} />;
  if (of.type === 'date') return <span>{isoDate(milliseconds)}</span>;
  if (of.type === 'timestamp' || of.type === 'timestamptz') {
    return <span>{new Date(value).toISOString().replace('T', ' ').slice(0, 19)}</span>;
  }
  return <Num value={value} />;
}

function isoDate(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
