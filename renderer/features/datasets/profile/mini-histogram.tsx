import type { ColumnProfile } from '../../../../preload/contract/column-profile.ts';
import { formatNumber } from '../../../ui/text/format.ts';
import { locale, words } from '../words.ts';
import './mini-histogram.css';

interface Props {
  readonly profile: ColumnProfile;
  readonly width?: number;
  readonly height?: number;
  /** A bar is clicked: its place in the histogram, or in the list of most frequent values. */
  readonly onPick?: (bar: number) => void;
}

/** The shape of a column in a few bars: its histogram, or its most frequent values. */
export function MiniHistogram({ profile, width = 80, height = 20, onPick }: Props) {
  const counts = profile.histogram.length
    ? profile.histogram.map(({ count }) => count)
    : profile.top.slice(0, 12).map(({ count }) => count);
  const most = Math.max(1, ...counts);
  const step = width / Math.max(counts.length, 1);
  return (
    <svg className="mini-histogram" width={width} height={height} role="img" aria-label={aboutOf(profile)}>
      <title>{aboutOf(profile)}</title>
      <line x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} />
      {counts.map((count, i) => {
        const tall = count === 0 ? 0 : Math.max(1, (count / most) * (height - 1));
        // Bars have no other identity than their place.
        const bar = (
          <rect key={i} x={i * step} y={height - tall} width={Math.max(1, step - 1)} height={tall} />
        );
        if (!onPick) return bar;
        return (
          // The column's menu does the same by keyboard.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
          <g key={i} className="mini-histogram__bar" onClick={() => onPick(i)}>
            <rect className="mini-histogram__hit" x={i * step} y={0} width={step} height={height} />
            {bar}
          </g>
        );
      })}
    </svg>
  );
}

function aboutOf(profile: ColumnProfile): string {
  if (profile.numeric && profile.type !== 'date' && !profile.type.startsWith('timestamp')) {
    const { min, max, quantiles } = profile.numeric;
    return words.shape.numbers(
      profile.name,
      formatNumber(min),
      formatNumber(max),
      formatNumber(quantiles.q50),
    );
  }
  const first = profile.top[0];
  return first
    ? words.shape.top(profile.name, first.value, first.count.toLocaleString(locale))
    : words.shape.distinct(profile.name, profile.distinct.toLocaleString(locale));
}
