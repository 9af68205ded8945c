declare module 'plotly.js/lib/core' {
  export interface PlotlyCore {
    register(modules: readonly unknown[]): void;
    react(
      element: HTMLElement,
      data: readonly Readonly<Record<string, unknown>>[],
      layout: Readonly<Record<string, unknown>>,
      config?: Readonly<Record<string, unknown>>,
    ): Promise<unknown>;
    purge(element: HTMLElement): void;
    toImage(
      element: HTMLElement,
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

declare module 'plotly.js/lib/heatmap' {
  const trace: unknown;
  export default trace;
}
