import { words } from './format-words.ts';
import { formatNumber, fullNumber } from './format.ts';

/** A number, rounded, with all its digits on hover; what is not there says so. */
export function Num({ value, because }: { value: number | null | undefined; because?: string | undefined }) {
  if (value === null || value === undefined) return <Missing {...(because ? { because } : {})} />;
  return <span title={fullNumber(value)}>{formatNumber(value)}</span>;
}

export function Missing({ because, word = words.missing }: { because?: string; word?: string }) {
  return (
    <span className="faint" title={because}>
      {because ? words.undefined : word}
    </span>
  );
}
