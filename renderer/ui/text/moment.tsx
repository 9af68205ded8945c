import { formatAgo, formatInstant } from './format.ts';

/** How long ago, with date and time on hover. */
export function Moment({ at }: { at: string }) {
  return (
    <time dateTime={at} title={formatInstant(at)}>
      {formatAgo(at)}
    </time>
  );
}
