import { typeKind } from '../../../../preload/contract/column-types.ts';
import { useCallback } from 'react';
import * as z from 'zod';
import { create } from 'zustand';
import type { Field } from '../../../../preload/contract/datasets.ts';
import { kept } from '../../../api/kept.ts';

const GridLayout = z.object({
  /** Pixels, by column. */
  widths: z.record(z.string(), z.number()).catch({}),
  pinned: z.array(z.string()).catch([]),
  hidden: z.array(z.string()).catch([]),
});
export type GridLayout = z.infer<typeof GridLayout>;

const none: GridLayout = { widths: {}, pinned: [], hidden: [] };

const useLayouts = create<Readonly<Record<string, GridLayout>>>()(() => ({}));

const keyOf = (dataset: string): string => `table.${dataset}`;

/** How a dataset's table is laid out, the same for all its versions; kept between starts. */
export function useGridLayout(dataset: string): readonly [GridLayout, (change: Partial<GridLayout>) => void] {
  const layout = useLayouts((layouts) => layouts[dataset]) ?? readLayout(dataset);
  const change = useCallback(
    (changed: Partial<GridLayout>): void => {
      const next = { ...(useLayouts.getState()[dataset] ?? readLayout(dataset)), ...changed };
      useLayouts.setState({ [dataset]: next });
      kept.write(keyOf(dataset), next);
    },
    [dataset],
  );
  return [layout, change];
}

const read = new Map<string, GridLayout>();

/** The same object each time, so that nothing is drawn again for it. */
function readLayout(dataset: string): GridLayout {
  const known = read.get(dataset);
  if (known) return known;
  const layout = kept.read(keyOf(dataset), GridLayout) ?? none;
  read.set(dataset, layout);
  return layout;
}

/** A column as it stands in the table. */
export interface Placed {
  /** In the schema, and so in the windows. */
  readonly index: number;
  /** Among the columns shown. */
  readonly place: number;
  readonly field: Field;
  readonly width: number;
  /** Pinned ones only: from the left edge of the frame. */
  readonly left: number;
  readonly pinned: boolean;
}

const narrowest = 48;
const widest = 800;

/** A width within what makes sense, in whole pixels. */
export function fittingWidth(width: number): number {
  return Math.round(Math.max(narrowest, Math.min(widest, width)));
}

/** The columns in the order they are shown: pinned ones first, hidden ones not at all. Pinned ones begin at `start`. */
export function placeColumns(schema: readonly Field[], layout: GridLayout, start: number): readonly Placed[] {
  const indexed = schema.map((field, index) => ({ field, index }));
  const shown = indexed.filter(({ field }) => !layout.hidden.includes(field.name));
  const pinned = layout.pinned.flatMap((name) => shown.filter(({ field }) => field.name === name));
  const rest = shown.filter(({ field }) => !layout.pinned.includes(field.name));
  let left = start;
  return [...pinned, ...rest].map(({ field, index }, place) => {
    const isPinned = place < pinned.length;
    const width = layout.widths[field.name] ?? usualWidth(field);
    const placed = { index, place, field, width, left: isPinned ? left : 0, pinned: isPinned };
    if (isPinned) left += width;
    return placed;
  });
}

function usualWidth(field: Field): number {
  const byType = {
    bool: 90,
    int64: 116,
    float64: 120,
    decimal: 124,
    utf8: 168,
    categorical: 132,
    date: 108,
    timestamp: 176,
    timestamptz: 184,
  } as const;
  return Math.max(byType[typeKind(field.type)], Math.min(240, field.name.length * 7.5 + 64));
}
