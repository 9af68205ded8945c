import { ActionIcon, Menu } from '@mantine/core';
import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { notify } from '../state/notices.ts';
import { saveFile } from '../save-file.ts';
import type { ToImage } from './plot.tsx';
import { words } from './words.ts';

interface Props {
  readonly title: string;
  /** Of the files, without extension. */
  readonly name: string;
  /** Undefined where nothing is drawn yet. */
  readonly toImage: () => ToImage | null;
  /** The numbers behind it. */
  readonly csv: () => string;
  /** More to do, before the rest. */
  readonly children?: ReactNode;
}

/** A chart as a picture, a drawing or its numbers, in a file or the clipboard. */
export function SaveMenu({ title, name, toImage, csv, children }: Props) {
  const savePicture = async (format: 'png' | 'svg') => {
    const address = await toImage()?.(format);
    if (address) saveFile(`${name}.${format}`, address);
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={words.save(title)}>
          <Download size={14} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {children}
        <Menu.Item onClick={() => void savePicture('png')}>{words.png}</Menu.Item>
        <Menu.Item onClick={() => void savePicture('svg')}>{words.svg}</Menu.Item>
        <Menu.Item
          onClick={() => saveFile(`${name}.csv`, `data:text/csv;charset=utf-8,${encodeURIComponent(csv())}`)}
        >
          {words.csv}
        </Menu.Item>
        <Menu.Item onClick={() => void copyPicture(toImage())}>{words.copy}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
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
