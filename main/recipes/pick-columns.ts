import { fail } from '../../preload/contract/errors.ts';
import type { WorkColumn } from './columns.ts';
import type { ColumnSelector } from './recipe.ts';

/** The names a selector means among the columns there are at a step. */
export function pickColumns(
  columns: readonly WorkColumn[],
  selector: ColumnSelector | null,
  place: { readonly step: string; readonly position: number },
): ReadonlySet<string> {
  const names = (kinds: readonly WorkColumn['kind'][]) =>
    new Set(columns.filter((column) => kinds.includes(column.kind)).map((column) => column.name));
  if (selector === 'all') return names(['number', 'category', 'one-hot', 'codes']);
  if (selector === 'numbers') return names(['number']);
  if (selector === 'categories') return names(['category']);
  if (selector === null) {
    throw fail('step-param', { ...place, param: 'columns', message: 'say which columns' });
  }
  const known = columns.map((column) => column.name);
  for (const column of selector) {
    if (!known.includes(column)) throw fail('step-column-unknown', { ...place, column, known });
  }
  return new Set(selector);
}
