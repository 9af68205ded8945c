import { useComputedColorScheme } from '@mantine/core';
import type { Drawing as Spec } from '../../../preload/contract/help.ts';
import { plotColours } from '../plot/colours.ts';

const width = 300;
const height = 168;
const left = 30;
const bottom = 24;
const top = 8;
const right = 10;

/** The small picture of a card: lines and dots over two axes. */
export function Drawing({ spec }: { spec: Spec }) {
  const colours = plotColours(useComputedColorScheme('light'));
  const points = [...spec.lines.flatMap((line) => line.points), ...spec.dots];
  const [x, y] = [0, 1].map((axis) => rangeOf(points.map((point) => point[axis] ?? 0)));
  if (!x || !y) return null;
  const at = ([px, py]: readonly [number, number]): readonly [number, number] => [
    left + ((px - x.from) / (x.to - x.from)) * (width - left - right),
    height - bottom - ((py - y.from) / (y.to - y.from)) * (height - bottom - top),
  ];
  return (
    <svg className="drawing" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={spec.title}>
      <path className="drawing__axis" d={`M${left} ${top}V${height - bottom}H${width - right}`} />
      {y.from < 0 ? (
        <path className="drawing__axis" d={`M${left} ${at([x.from, 0])[1]}H${width - right}`} />
      ) : null}
      {[x.from, x.to].map((value, i) => (
        <text key={value} x={at([value, 0])[0]} y={height - bottom + 12} textAnchor={i ? 'end' : 'start'}>
          {short(value)}
        </text>
      ))}
      {[y.from, y.to].map((value, i) => (
        <text key={value} x={left - 4} y={at([0, value])[1] + (i ? 8 : 0)} textAnchor="end">
          {short(value)}
        </text>
      ))}
      <text x={(left + width - right) / 2} y={height - 3} textAnchor="middle">
        {spec.x}
      </text>
      <text textAnchor="middle" transform={`translate(9 ${(top + height - bottom) / 2}) rotate(-90)`}>
        {spec.y}
      </text>
      {spec.lines.map((line, i) => (
        <Line
          key={line.label}
          label={line.label}
          points={line.points.map(at)}
          below={i === 0}
          colour={line.dashed ? null : colours.series(line.label, i)}
        />
      ))}
      {spec.dots.map((dot) => {
        const [cx, cy] = at(dot);
        return <circle key={dot.join()} cx={cx} cy={cy} r={2.5} fill={colours.series('', 0)} />;
      })}
    </svg>
  );
}

interface LineProps {
  readonly label: string;
  readonly points: readonly (readonly [number, number])[];
  /** Where the label of a solid line stands. */
  readonly below: boolean;
  /** Null for a dashed line to compare with. */
  readonly colour: string | null;
}

/** Labelled beside its own path: the first solid line below a point past its middle, all others above. */
function Line({ label, points, below, colour }: LineProps) {
  const [x, y] = colour ? (points[Math.floor(points.length * 0.6)] ?? [0, 0]) : along(points, 0.72);
  const rise = colour ? (below ? 13 : -6) : -4;
  return (
    <>
      <polyline
        points={points.map((point) => point.map((value) => Math.round(value * 10) / 10).join()).join(' ')}
        fill="none"
        stroke={colour ?? 'var(--faint)'}
        strokeWidth={colour ? 1.75 : 1}
        {...(colour ? {} : { strokeDasharray: '3 3' })}
      />
      {label ? (
        <text
          className="drawing__label"
          x={colour ? x + 6 : x - 6}
          y={y + rise}
          textAnchor={colour ? 'start' : 'end'}
          style={{ fill: colour ?? 'var(--dim)' }}
        >
          {label}
        </text>
      ) : null}
    </>
  );
}

/** The place a share of the way from the first to the last point. */
function along(points: LineProps['points'], share: number): readonly [number, number] {
  const [fromX, fromY] = points[0] ?? [0, 0];
  const [toX, toY] = points.at(-1) ?? [0, 0];
  return [fromX + (toX - fromX) * share, fromY + (toY - fromY) * share];
}

function rangeOf(values: readonly number[]): { from: number; to: number } | undefined {
  if (!values.length) return undefined;
  const from = Math.min(0, ...values);
  const to = Math.max(...values);
  return to > from ? { from, to } : undefined;
}

function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}
