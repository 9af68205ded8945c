import type { Field } from '../../../preload/contract/datasets.ts';
import { fail } from '../../../preload/contract/errors.ts';
import type { RowView } from '../../../preload/contract/views.ts';
import type { Condition } from './condition.ts';
import { parseConditions } from './parse-condition.ts';

export interface SortKey {
  readonly column: string;
  readonly descending: boolean;
}

/** A view of a snapshot, parsed and checked against its columns. */
export interface ViewSpec {
  readonly sort: readonly SortKey[];
  readonly where: readonly Condition[];
  readonly search: string;
}

/** Throws `condition-invalid`, `sort-invalid`, `column-not-found`; undefined when every row is wanted as it stands. */
export function parseView(
  { sort, where, search = '' }: RowView,
  schema: readonly Field[],
): ViewSpec | undefined {
  const spec: ViewSpec = {
    sort: (sort ?? []).map((text) => parseSort(text, schema)),
    where: (where ?? []).flatMap((text) => parseConditions(text, schema)),
    search: search.trim(),
  };
  return spec.sort.length || spec.where.length || spec.search ? spec : undefined;
}

function parseSort(text: string, schema: readonly Field[]): SortKey {
  // A column may itself be called `a:desc`.
  if (schema.some(({ name }) => name === text)) return { column: text, descending: false };
  const [, column = text, direction = ''] = /^(.*):([^:]*)$/s.exec(text) ?? [];
  if (!schema.some(({ name }) => name === column)) {
    throw fail('column-not-found', { column, known: schema.map(({ name }) => name), where: 'the snapshot' });
  }
  if (direction !== 'asc' && direction !== 'desc') {
    throw fail('sort-invalid', { sort: text, expected: `${column}:asc or ${column}:desc` });
  }
  return { column, descending: direction === 'desc' };
}
