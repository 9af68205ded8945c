import { useComputedColorScheme } from '@mantine/core';
import { lazy, Suspense, useCallback, useMemo, useRef } from 'react';
import type { Figure } from '../../../preload/contract/figures.ts';
import { Concept } from '../help/concept.tsx';
import { figureConcept } from '../help/figure-concept.ts';
import { CopyLinkItem } from '../navigation/copy-link.tsx';
import { words as links } from '../navigation/words.ts';
import { Waiting } from '../state/waiting.tsx';
import { plotColours } from './colours.ts';
import { figureCsv } from './figure-csv.ts';
import type { Mark, ToImage } from './plot.tsx';
import { SaveMenu } from './save-menu.tsx';
import { words } from './words.ts';
import './figure-card.css';

const Plot = lazy(async () => ({ default: (await import('./plot.tsx')).Plot }));

interface Props {
  readonly figure: Figure;
  readonly height?: number;
  /** Marks can be picked, by a click or by drawing a box; told with none when they no longer are. */
  readonly onPick?: (marks: readonly Mark[]) => void;
}

/** A figure with the sentence that reads it, and its picture and numbers to take along. */
export function FigureCard({ figure, height = 280, onPick }: Props) {
  const scheme = useComputedColorScheme('light');
  const colours = useMemo(() => plotColours(scheme), [scheme]);
  const toImage = useRef<ToImage | null>(null);
  const ready = useCallback((make: ToImage) => {
    toImage.current = make;
  }, []);
  const concept = figureConcept(figure.id);
  const name = [figure.id, figure.split].filter(Boolean).join('-');
  return (
    <figure className="figure-card" aria-label={figure.title} data-anchor={`figure-${name}`}>
      <figcaption>
        <div className="grow">
          <h2 className="figure-card__title">
            {figure.title}
            {figure.split ? <span className="figure-card__split">{words.split[figure.split]}</span> : null}
            {concept ? <Concept id={concept} /> : null}
          </h2>
          <p className="dim small">{figure.reading}</p>
        </div>
        <SaveMenu
          title={figure.title}
          name={name}
          toImage={() => toImage.current}
          csv={() => figureCsv(figure)}
        >
          <CopyLinkItem at={`figure-${name}`} what={links.thisFigure} />
        </SaveMenu>
      </figcaption>
      <Suspense
        fallback={
          <div style={{ height }}>
            <Waiting lines={6} />
          </div>
        }
      >
        <Plot figure={figure} colours={colours} height={height} onReady={ready} onPick={onPick} />
      </Suspense>
    </figure>
  );
}
