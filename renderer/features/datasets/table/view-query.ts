import type { RowView } from '../../../../preload/contract/views.ts';

/** Keys of the address that say which rows are looked at, in which order. */
export const viewKeys = ['sort', 'where', 'search'] as const;

/** The view that an address asks for. */
export function viewOf(query: URLSearchParams): RowView {
  const sort = query.getAll('sort').filter(Boolean);
  const where = query.getAll('where').filter(Boolean);
  const search = query.get('search') ?? '';
  return {
    ...(sort.length ? { sort } : {}),
    ...(where.length ? { where } : {}),
    ...(search ? { search } : {}),
  };
}

/** `?sort=price%3Adesc&where=...`; empty when every row is shown as it stands. */
export function queryOf({ sort = [], where = [], search = '' }: RowView): string {
  const query = new URLSearchParams([
    ...sort.map((key) => ['sort', key]),
    ...where.map((condition) => ['where', condition]),
    ...(search ? [['search', search]] : []),
  ]);
  const text = query.toString();
  return text ? `?${text}` : '';
}

export type Direction = 'asc' | 'desc';

/** How a column is sorted now; the place counts where several are. */
export function sortOf(view: RowView, column: string): { direction: Direction; place: number } | null {
  const keys = view.sort ?? [];
  for (const direction of ['asc', 'desc'] as const) {
    const place = keys.indexOf(`${column}:${direction}`);
    if (place >= 0) return { direction, place };
  }
  const place = keys.indexOf(column);
  return place >= 0 ? { direction: 'asc', place } : null;
}

/** The view sorted by a column: alone, or after what it is sorted by already. Null: not by this one any more. */
export function sortBy(view: RowView, column: string, direction: Direction | null, also = false): RowView {
  const others = (view.sort ?? []).filter(
    (key) => ![column, `${column}:asc`, `${column}:desc`].includes(key),
  );
  const own = direction ? [`${column}:${direction}`] : [];
  const sort = also || !direction ? [...others, ...own] : own;
  const { sort: _, ...rest } = view;
  return sort.length ? { ...rest, sort } : rest;
}

/** What a click on a head comes to: ascending, descending, as it was. */
export function nextSort(view: RowView, column: string, also = false): RowView {
  const now = sortOf(view, column);
  return sortBy(view, column, now === null ? 'asc' : now.direction === 'asc' ? 'desc' : null, also);
}

export function addConditions(view: RowView, ...conditions: readonly string[]): RowView {
  const where = view.where ?? [];
  return { ...view, where: [...where, ...conditions.filter((condition) => !where.includes(condition))] };
}

export function removeCondition(view: RowView, condition: string): RowView {
  const where = (view.where ?? []).filter((one) => one !== condition);
  const { where: _, ...rest } = view;
  return where.length ? { ...rest, where } : rest;
}

/** A column's name as a condition writes it. */
export function columnText(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** A value as a condition writes it. */
export function valueText(value: string): string {
  return /^[^\s,()'"]+$/.test(value) ? value : `'${value.replaceAll("'", "''")}'`;
}
