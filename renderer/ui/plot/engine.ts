import plotly, { type PlotlyCore } from 'plotly.js/lib/core';
import bar from 'plotly.js/lib/bar';
import box from 'plotly.js/lib/box';
import heatmap from 'plotly.js/lib/heatmap';
import sankey from 'plotly.js/lib/sankey';

// Only the traces our figures have: lines and points are in the core.
plotly.register([bar, box, heatmap, sankey]);

export const engine: PlotlyCore = plotly;
