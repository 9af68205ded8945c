import type { DrawnElement, PickEvent } from 'plotly.js/lib/core';
import { useEffect, useRef } from 'react';
import type { Figure } from '../../../preload/contract/figures.ts';
import type { PlotColours } from './colours.ts';
import { engine } from './engine.ts';
import { layoutOf } from './layout.ts';
import { pictureOf } from './picture-of.ts';
import { tracesOf } from './traces.ts';

export type ToImage = (format: 'png' | 'svg') => Promise<string>;

/** A mark of a figure: its series and its place in it. */
export interface Mark {
  readonly series: number;
  readonly index: number;
}

interface Props {
  readonly figure: Figure;
  readonly colours: PlotColours;
  readonly height: number;
  /** Gets the way to turn what is drawn into a picture. */
  readonly onReady?: (toImage: ToImage) => void;
  /** Marks can be picked by a click or a box; none: they no longer are. */
  readonly onPick?: ((marks: readonly Mark[]) => void) | undefined;
}

/** Plotly, drawn into one element and kept to its width. Loaded late: import it through figure-card. */
export function Plot({ figure, colours, height, onReady, onPick }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const drawing = useRef<Promise<unknown>>(Promise.resolve());
  const picked = useRef(onPick);
  const canPick = onPick !== undefined;
  useEffect(() => {
    picked.current = onPick;
  }, [onPick]);
  useEffect(() => {
    const target = element.current;
    if (!target) return undefined;
    const data = tracesOf(figure, colours);
    const layout = { ...layoutOf(figure, colours, height), ...(canPick ? { dragmode: 'select' } : {}) };
    const draw = () =>
      engine.react(
        target,
        data,
        { ...layout, width: target.clientWidth },
        { displayModeBar: false, responsive: false, doubleClick: canPick ? 'reset+autosize' : 'reset' },
      );
    const first = draw();
    drawing.current = first;
    void first.then((drawn) => {
      target.dataset['drawn'] = figure.id;
      onReady?.((format) => pictureOf(figure, data, layout, { format, width: target.clientWidth, height }));
      if (canPick) listen(drawn, (marks) => picked.current?.(marks));
      return undefined;
    });
    let width = target.clientWidth;
    const watch = new ResizeObserver(() => {
      if (target.clientWidth === width) return;
      width = target.clientWidth;
      drawing.current = draw();
    });
    watch.observe(target);
    return () => watch.disconnect();
  }, [figure, colours, height, onReady, canPick]);
  useEffect(() => {
    const target = element.current;
    return () => {
      // Plotly still works on what it draws after the call; purging under its hands throws.
      if (target) void drawing.current.then(() => target.isConnected || engine.purge(target));
    };
  }, []);
  return <div ref={element} style={{ height }} />;
}

/** Once for an element, however often it is drawn again. */
function listen(drawn: DrawnElement, pick: (marks: readonly Mark[]) => void): void {
  if (drawn.dataset['listens']) return;
  drawn.dataset['listens'] = 'true';
  const tell = (event: PickEvent | undefined) =>
    pick(event?.points.map(({ pointIndex, data: { meta } }) => ({ series: meta, index: pointIndex })) ?? []);
  drawn.on('plotly_selected', tell);
  drawn.on('plotly_click', tell);
  drawn.on('plotly_deselect', () => tell(undefined));
}
