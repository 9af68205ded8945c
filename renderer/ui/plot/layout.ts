import type { Figure, Series } from '../../../preload/contract/figures.ts';
import { formatNumber } from '../text/format.ts';
import type { PlotColours } from './colours.ts';
import { axisRanges, isScale } from './shaped-traces.ts';
import { isReference, mostRules } from './traces.ts';

export type Layout = Readonly<Record<string, unknown>>;

/** Axes with units, direct and quiet; a legend only where names are not on the marks. */
export function layoutOf(figure: Figure, colours: PlotColours, height: number): Layout {
  const kinds = new Set(figure.series.map(({ kind }) => kind));
  const isClasses = figure.series.some(({ kind, x, y }) => kind === 'heat' && !(isScale(x) && isScale(y)));
  const isParallel = kinds.has('parallel');
  const hasAxes = !kinds.has('flow');
  const data = figure.series.filter((series) => !isReference(series));
  const rules = figure.series.filter(isReference);
  const named = rules.length <= mostRules ? rules : [];
  const starts = figure.series.filter(({ kind }) => kind === 'waterfall');
  const closest = ['predicted-actual', 'roc', 'calibration', 'precision-recall', 'lift'].includes(figure.id);
  return {
    height,
    margin: { l: 48, r: 12, t: 8, b: hasAxes ? 40 : 12 },
    paper_bgcolor: colours.background,
    plot_bgcolor: colours.background,
    font: { family: 'system-ui, sans-serif', size: 12, color: colours.text },
    colorway: [0, 1, 2, 3, 4, 5, 6].map((i) => colours.series('', i)),
    ...(hasAxes
      ? isParallel
        ? parallelAxes(figure.series, colours)
        : {
            xaxis: {
              ...axisOf(figure.x, colours),
              ...(isClasses
                ? { type: 'category', side: 'bottom', showgrid: false, ...everyTick(figure, 'x') }
                : {}),
              ...(kinds.has('boxes') || kinds.has('waterfall') ? { type: 'category', showgrid: false } : {}),
            },
            yaxis: {
              ...axisOf(figure.y, colours),
              ...(isClasses
                ? { type: 'category', autorange: 'reversed', showgrid: false, ...everyTick(figure, 'y') }
                : {}),
            },
          }
      : {}),
    showlegend: !isClasses && hasAxes && data.length > 1,
    annotations: isParallel
      ? axisNames(figure.series, colours)
      : [
          ...named.map((rule) => referenceLabel(figure, rule, colours)),
          ...starts.map((series) => startLabel(series, colours)),
        ],
    ...(starts.length ? { shapes: starts.map((series) => startLine(series, colours)) } : {}),
    legend: { ...legendPlace(figure), font: { size: 12, color: colours.dim }, bgcolor: 'rgba(0,0,0,0)' },
    bargap: figure.series.some(({ edges }) => edges) ? 0 : 0.06,
    barmode: figure.series.some(({ edges }) => edges) ? 'overlay' : 'group',
    hovermode: closest || kinds.has('heat') || isParallel || kinds.has('points') ? 'closest' : 'x',
    hoverlabel: {
      bgcolor: colours.background,
      bordercolor: colours.line,
      align: 'left',
      font: { size: 12, color: colours.text },
    },
    dragmode: 'zoom',
    uirevision: figure.id,
  };
}

/** Each class is named on its axis as long as there is room for all. */
function everyTick({ series }: Figure, axis: 'x' | 'y'): Layout {
  const most = Math.max(0, ...series.map((one) => one[axis].length));
  return most <= 40 ? { tickmode: 'linear', tick0: 0, dtick: 1 } : {};
}

function axisOf(axis: Figure['x'], colours: PlotColours): Layout {
  return {
    title: {
      text: axisText(axis),
      font: { size: 12, color: colours.dim },
      standoff: 8,
    },
    tickfont: { size: 11, color: colours.dim },
    gridcolor: colours.line,
    linecolor: colours.line,
    zerolinecolor: colours.line,
    automargin: true,
    separatethousands: true,
    nticks: 7,
  };
}

/** The unit in brackets; below the name where both are too long for a small picture. */
function axisText({ title, unit }: Figure['x']): string {
  if (!unit) return title;
  return title.length + unit.length > 26 ? `${title}<br>(${unit})` : `${title} (${unit})`;
}

/** Where a waterfall begins. */
function startLine({ start = 0 }: Series, colours: PlotColours): Layout {
  const line = { color: colours.dim, width: 1, dash: 'dot' };
  return { type: 'line', xref: 'paper', x0: 0, x1: 1, y0: start, y1: start, line };
}

function startLabel({ name, start = 0 }: Series, colours: PlotColours): Layout {
  return {
    xref: 'paper',
    x: 1,
    y: start,
    text: `${name} ${formatNumber(start)}`,
    showarrow: false,
    xanchor: 'right',
    yanchor: 'top',
    font: { size: 11, color: colours.dim },
  };
}

/** A line for each axis, its scale written on its ends. */
function parallelAxes(all: readonly Series[], colours: PlotColours): Layout {
  const count = axisRanges(all).length;
  const bare = { showgrid: false, zeroline: false, showticklabels: false, fixedrange: true };
  return {
    xaxis: { ...bare, range: [-0.45, count - 0.55] },
    yaxis: { ...bare, range: [-0.16, 1.36] },
    shapes: Array.from({ length: count }, (_, i) => ({
      type: 'line',
      x0: i,
      x1: i,
      y0: 0,
      y1: 1,
      line: { color: colours.dim, width: 1 },
    })),
  };
}

function axisNames(all: readonly Series[], colours: PlotColours): readonly Layout[] {
  const axes = all.find((series) => series.axes)?.axes ?? [];
  return axisRanges(all).flatMap(([low, high], i) => {
    const { title = '', unit = null, levels } = axes[i] ?? {};
    const at = (y: number, text: string, size: number, anchor: string) => ({
      x: i,
      y,
      text,
      showarrow: false,
      yanchor: anchor,
      font: { size, color: colours.dim },
    });
    return [
      at(1.1, `<b>${title}</b>${unit ? `<br>${unit}` : ''}`, 12, 'bottom'),
      at(1.01, levels?.at(-1) ?? formatNumber(high), 11, 'bottom'),
      at(-0.02, levels?.[0] ?? formatNumber(low), 11, 'top'),
    ];
  });
}

/** The name of a reference line, written on it: at its end, or halfway where curves run to the same end. */
function referenceLabel({ id }: Figure, series: Series, colours: PlotColours) {
  const halfway = id === 'roc' || id === 'calibration';
  return {
    x: halfway ? 0.5 : series.x.at(-1),
    y: halfway ? 0.5 : series.y.at(-1),
    text: series.name,
    showarrow: false,
    xanchor: halfway ? 'left' : 'right',
    yanchor: halfway ? 'top' : 'bottom',
    font: { size: 11, color: colours.dim },
  };
}

/** In the corner that such curves leave empty; above the picture where none is. */
function legendPlace({ id }: Figure) {
  if (id === 'roc') return { x: 1, y: 0.02, xanchor: 'right', yanchor: 'bottom' };
  if (id === 'precision-recall') return { x: 0.01, y: 0.02, xanchor: 'left', yanchor: 'bottom' };
  if (id === 'calibration') return { x: 0.01, y: 0.99, xanchor: 'left', yanchor: 'top' };
  return { orientation: 'h', x: 0, y: 1.02, xanchor: 'left', yanchor: 'bottom' };
}
