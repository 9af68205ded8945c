import type { Figure } from '../../../preload/contract/figures.ts';
import type { PlotColours } from './colours.ts';

type Trace = Readonly<Record<string, unknown>>;
type Layout = Readonly<Record<string, unknown>>;

/** A figure's series as Plotly traces. */
export function tracesOf(figure: Figure, colours: PlotColours): readonly Trace[] {
  const crowded = figure.series.some((series) => series.kind === 'points' && series.x.length > 400);
  return figure.series.map((series, i) => {
    const reference = isReference(series);
    const colour = reference
      ? colours.dim
      : colours.series(hueOf(figure, series.name), i - references(figure, i));
    const base = { name: series.name, x: series.x, y: series.y, showlegend: !reference };
    if (series.kind === 'heat') return heat(series, colours);
    if (series.kind === 'bars') {
      return {
        ...base,
        type: 'bar',
        marker: { color: colour, opacity: 0.85 },
        hovertemplate: '%{x}: <b>%{y:,}</b><extra></extra>',
      };
    }
    if (series.kind === 'points') {
      return {
        ...base,
        type: 'scatter',
        mode: 'markers',
        marker: { color: colour, size: crowded ? 4 : 6, opacity: crowded ? 0.45 : 0.75 },
        ...(series.counts ? { customdata: series.counts } : {}),
        hovertemplate: `%{x:,.5~g}, <b>%{y:,.5~g}</b>${series.counts ? '<br>%{customdata:,} rows' : ''}<extra></extra>`,
      };
    }
    const few = series.counts !== undefined || series.x.length <= 1;
    return {
      ...base,
      type: 'scatter',
      mode: few ? 'lines+markers' : 'lines',
      line: { color: colour, width: reference ? 1 : 2, ...(reference ? { dash: 'dash' } : {}) },
      marker: { size: 5 },
      ...(series.counts ? { customdata: series.counts } : {}),
      ...(reference
        ? { hoverinfo: 'skip' }
        : {
            hovertemplate: `%{x:,.5~g}: <b>%{y:,.5~g}</b>${series.counts ? '<br>%{customdata:,} rows' : ''}<extra></extra>`,
          }),
    };
  });
}

/** Lines that are there to compare with, not data: straight, from end to end. */
function isReference(series: Figure['series'][number]): boolean {
  return series.kind === 'line' && /agreement|chance|no error/i.test(series.name);
}

/** References before a series take no colour from it. */
function references(figure: Figure, before: number): number {
  return figure.series.slice(0, before).filter(isReference).length;
}

/** A figure of one split has that split's colour. */
function hueOf(figure: Figure, name: string): string {
  const only = figure.series.filter((series) => !isReference(series)).length === 1;
  return only && figure.split ? figure.split : name;
}

function heat(series: Figure['series'][number], colours: PlotColours): Trace {
  const z = series.z ?? [];
  return {
    type: 'heatmap',
    x: series.x.map(String),
    y: series.y.map(String),
    z,
    colorscale: colours.sequential,
    showscale: false,
    xgap: 2,
    ygap: 2,
    ...(series.x.length <= 12 ? { texttemplate: '%{z:,}', textfont: { size: 13 } } : {}),
    hovertemplate: 'actual %{y}, predicted %{x}: <b>%{z:,}</b><extra></extra>',
  };
}

/** Axes with units, direct and quiet; square where both axes mean the same. */
export function layoutOf(figure: Figure, colours: PlotColours, height: number): Layout {
  const axis = (of: Figure['x'], categories: boolean) => ({
    title: {
      text: of.unit ? `${of.title} (${of.unit})` : of.title,
      font: { size: 12, color: colours.dim },
      standoff: 8,
    },
    tickfont: { size: 11, color: colours.dim },
    gridcolor: colours.line,
    linecolor: colours.line,
    zerolinecolor: colours.line,
    automargin: true,
    separatethousands: true,
    ...(categories ? { type: 'category' } : {}),
  });
  const isHeat = figure.series.some((series) => series.kind === 'heat');
  const data = figure.series.filter((series) => !isReference(series));
  const reference = figure.series.find(isReference);
  const diagonal = ['predicted-actual', 'roc', 'calibration', 'precision-recall'].includes(figure.id);
  return {
    height,
    margin: { l: 48, r: 12, t: 8, b: 40 },
    paper_bgcolor: colours.background,
    plot_bgcolor: colours.background,
    font: { family: 'system-ui, sans-serif', size: 12, color: colours.text },
    xaxis: { ...axis(figure.x, isHeat), ...(isHeat ? { side: 'bottom', showgrid: false } : {}) },
    yaxis: { ...axis(figure.y, isHeat), ...(isHeat ? { autorange: 'reversed', showgrid: false } : {}) },
    showlegend: !isHeat && data.length > 1,
    annotations: reference ? [referenceLabel(figure, reference, colours)] : [],
    legend: { ...legendPlace(figure), font: { size: 12, color: colours.dim }, bgcolor: 'rgba(0,0,0,0)' },
    bargap: 0.06,
    hovermode: diagonal || isHeat ? 'closest' : 'x unified',
    hoverlabel: {
      bgcolor: colours.background,
      bordercolor: colours.line,
      font: { size: 12, color: colours.text },
    },
    dragmode: 'zoom',
    uirevision: figure.id,
  };
}

/** The name of a reference line, written on it: at its end, or halfway where curves run to the same end. */
function referenceLabel({ id }: Figure, series: Figure['series'][number], colours: PlotColours) {
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
