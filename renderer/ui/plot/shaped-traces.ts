import type { Figure, Series } from '../../../preload/contract/figures.ts';
import { formatNumber } from '../text/format.ts';
import type { PlotColours } from './colours.ts';
import { hovered, type Trace } from './hover.ts';
import { words } from './words.ts';

/** Whether a heat's axis is one of numbers, so that neighbours touch and the axis has a scale. */
export function isScale(values: readonly (string | number)[]): boolean {
  return values.length > 0 && values.every((value) => typeof value === 'number');
}

export function heat(figure: Figure, series: Series, colours: PlotColours): Trace {
  const z = series.z ?? [];
  const scaled = isScale(series.x) && isScale(series.y);
  const named = !scaled && series.x.length <= 12;
  return {
    name: series.name,
    type: 'heatmap',
    x: scaled ? series.x : series.x.map(String),
    y: scaled ? series.y : series.y.map(String),
    z,
    ...(z.some((row) => row.some((value) => value < 0))
      ? { colorscale: colours.diverging, zmid: 0 }
      : { colorscale: colours.sequential }),
    showscale: !named,
    colorbar: {
      title: { text: series.name, side: 'right', font: { size: 11, color: colours.dim } },
      thickness: 8,
      outlinewidth: 0,
      len: 0.9,
      tickfont: { size: 11, color: colours.dim },
    },
    ...(scaled ? {} : { xgap: 2, ygap: 2 }),
    ...(named ? { texttemplate: '%{z:,.3~g}', textfont: { size: 13 } } : {}),
    hovertemplate: `${hovered(figure.x, 'x', series.x)}<br>${hovered(figure.y, 'y', series.y)}<br>${series.name} <b>%{z:,.5~g}</b><extra></extra>`,
  };
}

/** `#0072b2` and a share as `rgba(...)`. */
function seeThrough(colour: string, share: number): string {
  const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  return `rgba(${parts.join(', ')}, ${share})`;
}

export function boxes(figure: Figure, series: Series, colour: string): Trace {
  return {
    name: series.name,
    type: 'box',
    x: series.x.map(String),
    median: series.y,
    q1: series.q1,
    q3: series.q3,
    lowerfence: series.lower,
    upperfence: series.upper,
    fillcolor: seeThrough(colour, 0.2),
    line: { color: colour, width: 1.5 },
    hoverlabel: { namelength: 0 },
    showlegend: figure.series.length > 1,
  };
}

/** Bars that stand on each other: up in one colour, down in another, the result in a third. */
export function waterfall(figure: Figure, series: Series, colours: PlotColours): readonly Trace[] {
  const changes = series.y.map(Number);
  const start = series.start ?? 0;
  let level = start;
  const bases = changes.map((change) => {
    const base = level;
    level += change;
    return base;
  });
  const up = colours.series('', 0);
  const down = colours.series('', 1);
  return [
    {
      name: series.name,
      type: 'bar',
      x: [...series.x, words.result],
      y: [...changes, level - start],
      base: [...bases, start],
      text: [
        ...changes.map((change) => `${change > 0 ? '+' : ''}${formatNumber(change)}`),
        formatNumber(level),
      ],
      textposition: 'outside',
      cliponaxis: false,
      textfont: { size: 11, color: colours.text },
      marker: { color: [...changes.map((change) => (change < 0 ? down : up)), colours.dim] },
      hovertemplate: `%{x}: <b>%{text}</b>${figure.y.unit ? ` ${figure.y.unit}` : ''}<extra></extra>`,
      showlegend: false,
    },
  ];
}

export function flow(series: Series, colours: PlotColours): Trace {
  const from = series.x.map(String);
  const to = series.y.map(String);
  // The same name on both sides is two places: what was, and what came of it.
  const left = [...new Set(from)];
  const right = [...new Set(to)];
  const colourOf = (name: string) =>
    colours.series('', left.includes(name) ? left.indexOf(name) : left.length);
  return {
    name: series.name,
    type: 'sankey',
    arrangement: 'fixed',
    node: {
      label: [...left, ...right],
      color: [...left.map(colourOf), ...right.map(() => colours.dim)],
      pad: 14,
      thickness: 12,
      line: { width: 0 },
      hovertemplate: `%{label}: <b>%{value:,}</b><extra></extra>`,
    },
    link: {
      source: from.map((name) => left.indexOf(name)),
      target: to.map((name) => left.length + right.indexOf(name)),
      value: series.weights ?? [],
      color: from.map((name) => seeThrough(colourOf(name), 0.4)),
      hovertemplate: `%{source.label} → %{target.label}: <b>%{value:,}</b><extra></extra>`,
    },
    textfont: { size: 12, color: colours.text },
  };
}

/** The lowest and highest value of each axis over all series, so that their lines can be held against each other. */
export function axisRanges(all: readonly Series[]): readonly (readonly [low: number, high: number])[] {
  const rows = all.flatMap((series) => series.rows ?? []);
  return (all.find(({ axes }) => axes)?.axes ?? []).map((axis, i) => {
    if (axis.levels) return [0, Math.max(1, axis.levels.length - 1)] as const;
    const values = rows.map((row) => row[i] ?? 0);
    const low = Math.min(...values);
    const high = Math.max(...values);
    return low === high ? ([low - 0.5, high + 0.5] as const) : ([low, high] as const);
  });
}

/** All lines of a series in one trace, with a gap after each. */
export function parallel(series: Series, all: readonly Series[], colour: string): Trace {
  const ranges = axisRanges(all);
  const axes = series.axes ?? [];
  const rows = series.rows ?? [];
  const share = (value: number, i: number) => {
    const [low, high] = ranges[i] ?? [0, 1];
    return (value - low) / (high - low);
  };
  const said = (row: readonly number[]) =>
    axes
      .map(
        ({ title, unit, levels }, i) =>
          `${title} <b>${levels?.[row[i] ?? 0] ?? formatNumber(row[i] ?? 0)}</b>${unit ? ` ${unit}` : ''}`,
      )
      .join('<br>');
  return {
    name: series.name,
    type: 'scatter',
    mode: 'lines',
    x: rows.flatMap((row) => [...row.map((_, i) => i), null]),
    y: rows.flatMap((row) => [...row.map(share), null]),
    text: rows.flatMap((row) => [...row.map(() => said(row)), '']),
    connectgaps: false,
    line: { color: colour, width: 1.2 },
    opacity: rows.length > 60 ? 0.35 : 0.7,
    hovertemplate: `%{text}<extra>${series.name}</extra>`,
  };
}
