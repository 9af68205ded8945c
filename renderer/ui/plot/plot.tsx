import { useEffect, useRef } from 'react';
import type { Figure } from '../../../preload/contract/figures.ts';
import type { plotColours } from './colours.ts';
import { engine } from './engine.ts';
import { layoutOf, tracesOf } from './traces.ts';

interface Props {
  readonly figure: Figure;
  readonly colours: ReturnType<typeof plotColours>;
  readonly height: number;
  /** Gets the way to turn what is drawn into a picture. */
  readonly onReady?: (toImage: (format: 'png' | 'svg') => Promise<string>) => void;
}

/** Plotly, drawn into one element and kept to its width. Loaded late: import it through figure-card. */
export function Plot({ figure, colours, height, onReady }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const drawing = useRef<Promise<unknown>>(Promise.resolve());
  useEffect(() => {
    const target = element.current;
    if (!target) return undefined;
    const draw = () =>
      engine.react(
        target,
        tracesOf(figure, colours),
        { ...layoutOf(figure, colours, height), width: target.clientWidth },
        { displayModeBar: false, responsive: false, doubleClick: 'reset' },
      );
    const first = draw();
    drawing.current = first;
    void first.then(() =>
      onReady?.((format) =>
        engine.toImage(target, {
          format,
          width: target.clientWidth,
          height,
          ...(format === 'png' ? { scale: 2 } : {}),
        }),
      ),
    );
    let width = target.clientWidth;
    const watch = new ResizeObserver(() => {
      if (target.clientWidth === width) return;
      width = target.clientWidth;
      drawing.current = draw();
    });
    watch.observe(target);
    return () => watch.disconnect();
  }, [figure, colours, height, onReady]);
  useEffect(() => {
    const target = element.current;
    return () => {
      // Plotly still works on what it draws after the call; purging under its hands throws.
      if (target) void drawing.current.then(() => target.isConnected || engine.purge(target));
    };
  }, []);
  return <div ref={element} style={{ height }} />;
}
