declare module 'plotly.js/lib/core' {
  export interface PickEvent {
    readonly points: readonly { readonly pointIndex: number; readonly data: { readonly meta: number } }[];
  }

  /** What Plotly makes of the element it draws into. */
  export interface DrawnElement extends HTMLElement {
    on(event: 'plotly_selected' | 'plotly_click', listener: (event: PickEvent | undefined) => void): void;
    on(event: 'plotly_deselect', listener: () => void): void;
  }

  interface PlotlyFigure {
    readonly data: readonly Readonly<Record<string, unknown>>[];
    readonly layout: Readonly<Record<string, unknown>>;
  }

  export interface PlotlyCore {
    register(modules: readonly unknown[]): void;
    react(
      element: HTMLElement,
      data: PlotlyFigure['data'],
      layout: PlotlyFigure['layout'],
      config?: Readonly<Record<string, unknown>>,
    ): Promise<DrawnElement>;
    purge(element: HTMLElement): void;
    toImage(
      figure: PlotlyFigure,
      options: { format: 'png' | 'svg'; width: number; height: number; scale?: number },
    ): Promise<string>;
  }
  const plotly: PlotlyCore;
  export default plotly;
}

declare module 'plotly.js/lib/bar' {
  const trace: unknown;
  export default trace;
}

declare module 'plotly.js/lib/box' {
  const trace: unknown;
  export default trace;
}

declare module 'plotly.js/lib/heatmap' {
  const trace: unknown;
  export default trace;
}

declare module 'plotly.js/lib/sankey' {
  const trace: unknown;
  export default trace;
}
