import { ActionIcon, Menu, useComputedColorScheme } from '@mantine/core';
import { Download } from 'lucide-react';
import { lazy, Suspense, useCallback, useMemo, useRef } from 'react';
import type { Figure } from '../../../preload/contract/figures.ts';
import { Concept } from '../help/concept.tsx';
import { figureConcept } from '../help/figure-concept.ts';
import { CopyLinkItem } from '../navigation/copy-link.tsx';
import { words as links } from '../navigation/words.ts';
import { notify } from '../state/notices.ts';
import { saveFile } from '../save-file.ts';
import { Waiting } from '../state/waiting.tsx';
import { plotColours } from './colours.ts';
import { figureCsv } from './figure-csv.ts';
import type { Mark, ToImage } from './plot.tsx';
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
            {figure.split ? <span className="figure-card__split">{words.split[figure.split]}</span> : null}
            {concept ? <Concept id={concept} /> : null}
          </h2>
          <p className="dim small">{figure.reading}</p>
        </div>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={words.save(figure.title)}>
              <Download size={14} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <CopyLinkItem at={`figure-${name}`} what={links.thisFigure} />
            <Menu.Item onClick={() => void savePicture('png')}>{words.png}</Menu.Item>
            <Menu.Item onClick={() => void savePicture('svg')}>{words.svg}</Menu.Item>
            <Menu.Item onClick={() => saveFile(`${name}.csv`, csvAddress(figure))}>{words.csv}</Menu.Item>
            <Menu.Item onClick={() => void copyPicture(toImage.current)}>{words.copy}</Menu.Item>
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
        <Plot figure={figure} colours={colours} height={height} onReady={ready} onPick={onPick} />
      </Suspense>
    </figure>
  );
}

function csvAddress(figure: Figure): string {
  return `data:text/csv;charset=utf-8,${encodeURIComponent(figureCsv(figure))}`;
}

async function copyPicture(toImage: ToImage | null): Promise<void> {
  if (!toImage) return;
  try {
    const picture = toImage('png').then(blobOf);
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
    notify({ title: words.copied, tone: 'good' });
  } catch (error) {
    notify({ title: words.copyFailed, message: error instanceof Error ? error.message : '', tone: 'bad' });
  }
}

/** The bytes of a `data:` address; fetching one is not allowed here. */
function blobOf(address: string): Blob {
  const [head = '', body = ''] = address.split(',', 2);
  const bytes = Uint8Array.from(atob(body), (character) => character.charCodeAt(0));
  return new Blob([bytes], { type: /^data:([^;,]+)/.exec(head)?.[1] ?? 'image/png' });
}
