import type { ColumnProfile } from '../../../../preload/contract/column-profile.ts';
import { locale } from '../../../ui/text/words.ts';
import { Num } from '../../../ui/text/num.tsx';

/** A number of a profile in the column's own terms: days and milliseconds become dates again. */
export function ProfileValue({
  of,
  value,
  exact,
}: {
  of: Pick<ColumnProfile, 'type'>;
  value: number | null | undefined;
  /** The same as it is, where it is no double. */
  exact?: string | undefined;
}) {
  if (value === null || value === undefined) return <span className="faint">–</span>;
  if (exact !== undefined)
    return <span>{exact.includes('.') ? exact : BigInt(exact).toLocaleString(locale)}</span>;
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
