import type { Figure, Series } from '../../../preload/contract/figures.ts';
import type { PlotColours } from './colours.ts';
import { hovered, type Trace } from './hover.ts';
import { boxes, flow, heat, parallel, waterfall } from './shaped-traces.ts';
import { words } from './words.ts';

/** A series as Plotly traces; one of them, told by `meta`, stands for the points of the series. */
export function tracesOf(figure: Figure, colours: PlotColours): readonly Trace[] {
  const crowded = figure.series.some((series) => series.kind === 'points' && series.x.length > 400);
  return figure.series.flatMap((series, i) => {
    const colour = isReference(series)
      ? colours.dim
      : colours.series(hueOf(figure, series.name), i - references(figure, i));
    return traces(figure, series, colour, colours, crowded).map((trace) => ({ ...trace, meta: i }));
  });
}

function traces(
  figure: Figure,
  series: Series,
  colour: string,
  colours: PlotColours,
  crowded: boolean,
): readonly Trace[] {
  switch (series.kind) {
    case 'heat':
      return [heat(figure, series, colours)];
    case 'boxes':
      return [boxes(figure, series, colour)];
    case 'waterfall':
      return waterfall(figure, series, colours);
    case 'flow':
      return [flow(series, colours)];
    case 'parallel':
      return [parallel(series, figure.series, colour)];
    case 'bars':
      return [bars(figure, series, colour)];
    case 'points':
      return [points(figure, series, colour, crowded)];
    case 'line':
    default:
      return [...band(series, colour), line(figure, series, colour)];
  }
}

/** Lines that are there to compare with, not data: straight, from end to end. */
export function isReference(series: Series): boolean {
  return series.reference ?? (series.kind === 'line' && /agreement|chance|no error/i.test(series.name));
}

/** More lines to compare with than these are a crowd, and have no names on them. */
export const mostRules = 2;

/** References before a series take no colour from it. */
function references(figure: Figure, before: number): number {
  return figure.series.slice(0, before).filter(isReference).length;
}

/** A figure of one split has that split's colour. */
function hueOf(figure: Figure, name: string): string {
  const only = figure.series.filter((series) => !isReference(series)).length === 1;
  return only && figure.split ? figure.split : name;
}

function hoverOf(figure: Figure, series: Series): string {
  const lines = [
    ...(series.labels ? ['%{text}'] : []),
    hovered(figure.x, 'x', series.x),
    hovered(figure.y, 'y', series.y),
    ...(series.counts ? [`%{customdata:,} ${words.rows}`] : []),
  ];
  return `${lines.join('<br>')}<extra>${figure.series.length > 1 ? series.name : ''}</extra>`;
}

function bars(figure: Figure, series: Series, colour: string): Trace {
  const { edges } = series;
  const several = figure.series.filter(({ kind }) => kind === 'bars').length > 1;
  return {
    name: series.name,
    type: 'bar',
    x: series.x,
    y: series.y,
    ...(edges
      ? {
          width: series.x.map((_, i) => (edges[i + 1] ?? 0) - (edges[i] ?? 0)),
          customdata: series.x.map((_, i) => [edges[i], edges[i + 1]]),
        }
      : {}),
    marker: { color: colour, opacity: several ? 0.6 : 0.85, line: { width: 0 } },
    hovertemplate: `${
      edges
        ? `${figure.x.title} <b>%{customdata[0]:,.5~g}</b> – <b>%{customdata[1]:,.5~g}</b>${figure.x.unit ? ` ${figure.x.unit}` : ''}`
        : hovered(figure.x, 'x', series.x)
    }<br>${hovered(figure.y, 'y', series.y)}<extra>${several ? series.name : ''}</extra>`,
  };
}

function points(figure: Figure, series: Series, colour: string, crowded: boolean): Trace {
  return {
    name: series.name,
    type: 'scatter',
    mode: 'markers',
    x: series.x,
    y: series.y,
    ...(series.labels ? { text: series.labels } : {}),
    ...(series.counts ? { customdata: series.counts } : {}),
    marker: { color: colour, size: crowded ? 4 : 7, opacity: crowded ? 0.45 : 0.75 },
    unselected: { marker: { opacity: 0.15 } },
    hovertemplate: hoverOf(figure, series),
  };
}

function line(figure: Figure, series: Series, colour: string): Trace {
  const reference = isReference(series);
  const few = series.counts !== undefined || series.x.length <= 1;
  // Many lines to compare with are single cases, not a rule.
  const crowd = figure.series.filter(isReference).length > mostRules;
  return {
    name: series.name,
    type: 'scatter',
    mode: few ? 'lines+markers' : 'lines',
    x: series.x,
    y: series.y,
    showlegend: !reference,
    line: { color: colour, width: reference ? 1 : 2, ...(reference && !crowd ? { dash: 'dash' } : {}) },
    ...(reference && crowd ? { opacity: 0.5 } : {}),
    marker: { size: 5, color: colour },
    ...(series.counts ? { customdata: series.counts } : {}),
    ...(reference ? { hoverinfo: 'skip' } : { hovertemplate: hoverOf(figure, series) }),
  };
}

/** The band as one closed shape, under its line. */
function band({ name, x, lower, upper }: Series, colour: string): readonly Trace[] {
  if (!lower || !upper) return [];
  return [
    {
      name,
      type: 'scatter',
      mode: 'lines',
      x: [...x, ...x.toReversed()],
      y: [...upper, ...lower.toReversed()],
      fill: 'toself',
      fillcolor: colour,
      opacity: 0.18,
      line: { width: 0 },
      hoverinfo: 'skip',
      showlegend: false,
    },
  ];
}
