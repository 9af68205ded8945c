import plotly, { type PlotlyCore } from 'plotly.js/lib/core';
import bar from 'plotly.js/lib/bar';
import heatmap from 'plotly.js/lib/heatmap';

// Only the traces our figures have: lines and points are in the core.
plotly.register([bar, heatmap]);

export const engine: PlotlyCore = plotly;
