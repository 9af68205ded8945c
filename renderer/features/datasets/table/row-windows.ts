import { useQueries, useQueryClient } from '@tanstack/react-query';
import { DataType, tableFromIPC, type Table } from 'apache-arrow';
import { useEffect, useState } from 'react';
import type { Field } from '../../../../preload/contract/datasets.ts';
import type { RowView } from '../../../../preload/contract/views.ts';
import { useBackend } from '../../../api/context.ts';
import type { Backend } from '../../../api/backend.ts';
import { decimalsOf } from './cell-text.ts';

/** Rows and columns asked for at a time: a wide table is not read for the few columns in sight. */
const windowRows = 512;
export const windowColumns = 16;
/** A neighbouring window is asked for when it is this near. */
const near = 96;

export interface RowWindow {
  readonly offset: number;
  /** First column, in the schema. */
  readonly column: number;
  readonly table: Table;
  /** Digits after the point, by column of the window; 0 for those that have none. */
  readonly decimals: readonly number[];
  /** Where each row stands in the snapshot, from 1; undefined when rows stand as they are. */
  readonly numbers: readonly number[] | undefined;
}

/** The windows of one row, by group of columns; undefined where they are on their way. */
export type RowParts = readonly (RowWindow | undefined)[];

export interface Looked {
  readonly dataset: string;
  readonly view: RowView;
  readonly schema: readonly Field[];
  /** Rows that fail this check of a suite, and no others; the view is empty then. */
  readonly fails?: { readonly rule: string; readonly of: number };
}

function windowQuery(
  backend: Backend,
  { dataset, view, schema, fails }: Looked,
  page: number,
  group: number,
) {
  const offset = page * windowRows;
  const from = group * windowColumns;
  const names = schema.slice(from, from + windowColumns).map(({ name }) => name);
  const asked = { dataset, offset, limit: windowRows, columns: names, ...view, ...fails };
  return {
    queryKey: [fails ? 'checks.failing' : 'datasets.preview', asked] as const,
    queryFn: async ({ signal }: { signal: AbortSignal }): Promise<RowWindow> => {
      const { checks, datasets } = backend.client;
      const reply = fails
        ? await checks.failing({ ...asked, ...fails }, { signal })
        : await datasets.preview(asked, { signal });
      const table = tableFromIPC(reply.table);
      const decimals = table.schema.fields.map((field, i) =>
        DataType.isFloat(field.type) ? decimalsOf(table.getChildAt(i) ?? []) : 0,
      );
      return { offset, column: from, table, decimals, numbers: reply.numbers };
    },
    staleTime: Infinity,
    retry: false,
    // A window is small; those not looked at for a while are let go.
    gcTime: 30_000,
  };
}

function pageOf(row: number): number {
  return Math.max(0, Math.floor(row / windowRows));
}

/** Values by row for the rows and groups of columns in sight. What is scrolled past quickly is never asked for. */
export function useRowWindows(
  looked: Looked,
  seen: { first: number; end: number },
  groups: readonly number[],
) {
  const backend = useBackend();
  const queries = useQueryClient();
  const wanted = [
    pageOf(seen.first - near),
    pageOf(Math.max(seen.first, seen.end - 1 + near)),
    ...groups,
  ].join(' ');
  const [from = 0, to = 0, ...settled] = useSettled(wanted, 50).split(' ').map(Number);
  const asked = useQueries({
    queries: Array.from({ length: to - from + 1 }, (_, i) => from + i).flatMap((page) =>
      settled.map((group) => windowQuery(backend, looked, page, group)),
    ),
  });
  const known = new Map<number, RowParts>();
  for (let page = pageOf(seen.first); page <= pageOf(seen.end); page++) {
    const parts: (RowWindow | undefined)[] = [];
    for (const group of groups) {
      parts[group] = queries.getQueryData<RowWindow>(windowQuery(backend, looked, page, group).queryKey);
    }
    known.set(page, parts);
  }
  return {
    error: asked.find((query) => query.error)?.error ?? null,
    /** Digits after the point that the rows in sight need. */
    decimalsAt(column: number): number {
      const group = Math.floor(column / windowColumns);
      return Math.max(
        0,
        ...[...known.values()].map((parts) => parts[group]?.decimals[column % windowColumns] ?? 0),
      );
    },
    partsOf(row: number): RowParts {
      return known.get(pageOf(row)) ?? [];
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
