import type { Figure } from '../../../preload/contract/figures.ts';
import type { PlotColours } from './colours.ts';
import { engine } from './engine.ts';
import { layoutOf } from './layout.ts';
import { tracesOf } from './traces.ts';

export type PictureFormat = 'png' | 'svg';

/** A picture of a figure that is not drawn anywhere: the address of its bytes. Loaded late. */
export function drawPicture(
  figure: Figure,
  colours: PlotColours,
  size: { readonly format: PictureFormat; readonly width: number; readonly height: number },
): Promise<string> {
  return pictureOf(figure, tracesOf(figure, colours), layoutOf(figure, colours, size.height), size);
}

const headRoom = 56;

/** A picture that stands alone, with its title over it. */
export function pictureOf(
  figure: Figure,
  data: Parameters<typeof engine.react>[1],
  layout: Readonly<Record<string, unknown>>,
  { format, width, height }: { format: PictureFormat; width: number; height: number },
): Promise<string> {
  const tall = height + headRoom;
  return engine.toImage(
    {
      data,
      layout: {
        ...layout,
        width,
        height: tall,
        margin: { l: 56, r: 16, t: headRoom + 8, b: 48 },
        title: { text: figure.title, x: 0.02, xanchor: 'left', y: 1 - 22 / tall, font: { size: 15 } },
      },
    },
    { format, width, height: tall, ...(format === 'png' ? { scale: 2 } : {}) },
  );
}
