import { ActionIcon, Menu, useComputedColorScheme } from '@mantine/core';
import { Download } from 'lucide-react';
import { lazy, Suspense, useCallback, useMemo, useRef } from 'react';
import type { Figure } from '../../../preload/contract/figures.ts';
import { Concept } from '../help/concept.tsx';
import { figureConcept } from '../help/figure-concept.ts';
import { CopyLinkItem } from '../navigation/copy-link.tsx';
import { words } from '../navigation/words.ts';
import { saveFile } from '../save-file.ts';
import { Waiting } from '../state/waiting.tsx';
import { plotColours } from './colours.ts';
import { figureCsv } from './figure-csv.ts';
import './figure-card.css';

const Plot = lazy(async () => ({ default: (await import('./plot.tsx')).Plot }));

/** A figure with the sentence that reads it, and its picture and numbers to take along. */
export function FigureCard({ figure, height = 280 }: { figure: Figure; height?: number }) {
  const scheme = useComputedColorScheme('light');
  const colours = useMemo(() => plotColours(scheme), [scheme]);
  const toImage = useRef<((format: 'png' | 'svg') => Promise<string>) | null>(null);
  const ready = useCallback((make: (format: 'png' | 'svg') => Promise<string>) => {
    toImage.current = make;
  }, []);
  const concept = figureConcept(figure.id);
  const name = [figure.id, figure.split].filter(Boolean).join('-');
  const savePicture = async (format: 'png' | 'svg') => {
    const address = await toImage.current?.(format);
    if (address) saveFile(`${name}.${format}`, address);
  };
  return (
    <figure className="figure-card" aria-label={figure.title} data-anchor={`figure-${name}`}>
      <figcaption>
        <div className="grow">
          <h2 className="figure-card__title">
            {figure.title}
            {figure.split ? <span className="figure-card__split">{figure.split} rows</span> : null}
            {concept ? <Concept id={concept} /> : null}
          </h2>
          <p className="dim small">{figure.reading}</p>
        </div>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={`save ${figure.title}`}>
              <Download size={14} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <CopyLinkItem at={`figure-${name}`} what={words.thisFigure} />
            <Menu.Item onClick={() => void savePicture('png')}>Picture (PNG)</Menu.Item>
            <Menu.Item onClick={() => void savePicture('svg')}>Drawing (SVG)</Menu.Item>
            <Menu.Item onClick={() => saveFile(`${name}.csv`, csvAddress(figure))}>Numbers (CSV)</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </figcaption>
      <Suspense
        fallback={
          <div style={{ height }}>
            <Waiting lines={6} />
          </div>
        }
      >
        <Plot figure={figure} colours={colours} height={height} onReady={ready} />
      </Suspense>
    </figure>
  );
}

function csvAddress(figure: Figure): string {
  return `data:text/csv;charset=utf-8,${encodeURIComponent(figureCsv(figure))}`;
}
