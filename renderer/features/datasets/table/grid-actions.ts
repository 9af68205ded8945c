import { useMemo } from 'react';
import type { RowView } from '../../../../preload/contract/views.ts';
import { fittingWidth, type GridLayout } from './grid-layout.ts';
import { addConditions, nextSort } from './view-query.ts';

/** What the heads of columns do; the same object as long as neither view nor widths change. */
export interface GridActions {
  sort(column: string, also: boolean): void;
  menu(column: string): void;
  width(column: string, width: number): void;
  keep(conditions: readonly string[]): void;
}

export function useGridActions(
  view: RowView,
  widths: GridLayout['widths'],
  onView: (view: RowView) => void,
  onLayout: (change: Partial<GridLayout>) => void,
  menu: (column: string) => void,
): GridActions {
  return useMemo(
    () => ({
      sort: (column, also) => onView(nextSort(view, column, also)),
      menu,
      width: (column, width) => onLayout({ widths: { ...widths, [column]: fittingWidth(width) } }),
      keep: (conditions) => onView(addConditions(view, ...conditions)),
    }),
    [view, widths, onView, onLayout, menu],
  );
}
