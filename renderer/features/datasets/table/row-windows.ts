import { useQueries, useQueryClient } from '@tanstack/react-query';
import { DataType, tableFromIPC, type Table } from 'apache-arrow';
import { useEffect, useState } from 'react';
import { useBackend } from '../../../api/context.ts';
import type { Backend } from '../../../api/backend.ts';
import { decimalsOf } from './cell-text.ts';

/** Rows asked for at a time. */
const windowRows = 512;

export interface RowWindow {
  readonly offset: number;
  readonly table: Table;
  /** Digits after the point, by column; 0 for those that have none. */
  readonly decimals: readonly number[];
}

function windowQuery(backend: Backend, dataset: string, page: number) {
  return {
    queryKey: ['datasets.preview', { dataset, offset: page * windowRows, limit: windowRows }] as const,
    queryFn: async ({ signal }: { signal: AbortSignal }): Promise<RowWindow> => {
      const offset = page * windowRows;
      const { table } = await backend.client.datasets.preview(
        { dataset, offset, limit: windowRows },
        { signal },
      );
      return readWindow(offset, table);
    },
    staleTime: Infinity,
    // A window of 512 rows is small; those not looked at for a while are let go.
    gcTime: 30_000,
  };
}

function readWindow(offset: number, bytes: Uint8Array): RowWindow {
  const table = tableFromIPC(bytes);
  const decimals = table.schema.fields.map((field, i) =>
    DataType.isFloat(field.type) ? decimalsOf(table.getChildAt(i) ?? []) : 0,
  );
  return { offset, table, decimals };
}

/** Values by row and column for the rows in sight. What is scrolled past quickly is never asked for. */
export function useRowWindows(dataset: string, first: number, end: number) {
  const backend = useBackend();
  const queries = useQueryClient();
  const from = Math.floor(first / windowRows);
  const to = Math.floor(Math.max(first, end - 1) / windowRows);
  const settled = useSettled(`${from}-${to}`, 50);
  const [settledFrom = 0, settledTo = 0] = settled.split('-').map(Number);
  const asked = useQueries({
    queries: Array.from({ length: settledTo - settledFrom + 1 }, (_, i) =>
      windowQuery(backend, dataset, settledFrom + i),
    ),
  });
  const known = new Map<number, RowWindow>();
  for (let page = from; page <= to; page++) {
    const window = queries.getQueryData<RowWindow>(windowQuery(backend, dataset, page).queryKey);
    if (window) known.set(page, window);
  }
  return {
    error: asked.find((query) => query.error)?.error ?? null,
    /** Digits after the point that the rows in sight need. */
    decimalsAt: (column: number): number =>
      Math.max(0, ...[...known.values()].map((window) => window.decimals[column] ?? 0)),
    /** The window a row is in; undefined while it is on its way. */
    windowOf(row: number): RowWindow | undefined {
      return known.get(Math.floor(row / windowRows));
    },
  };
}

/** The value once it has not changed for `after` ms; the first one at once. */
function useSettled<T>(value: T, after: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), after);
    return () => clearTimeout(timer);
  }, [value, after]);
  return settled;
}
