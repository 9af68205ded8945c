import { isDecimal, isOrdered, isTextType, orderedLevels } from '../../preload/contract/column-types.ts';
import type { ColumnFacts } from './column-facts.ts';
import type { RecipeStep } from './recipe.ts';

/**
 * Steps in which `ordinal` has no order of its own take that of the columns' type, where all its columns are ordered categories of one
 * type; else a note says that the order is not used.
 */
export function orderLevels(
  steps: readonly RecipeStep[],
  features: readonly ColumnFacts[],
): { readonly steps: readonly RecipeStep[]; readonly notes: readonly string[] } {
  const notes: string[] = [];
  const ordered = steps.map((step): RecipeStep => {
    const { step: id, columns, order } = step as RecipeStep & { readonly order?: unknown };
    if (id !== 'ordinal' || !Array.isArray(order) || order.length > 0) return step;
    const chosen = features.filter(({ name, type }) =>
      Array.isArray(columns) ? columns.includes(name) : columns === 'categories' && isTextType(type),
    );
    const types = new Set(chosen.map(({ type }) => type));
    const [type] = types;
    if (types.size === 1 && type !== undefined && isOrdered(type)) {
      return { ...step, order: orderedLevels(type).filter((level) => level !== '') };
    }
    const lost = chosen.filter((column) => isOrdered(column.type)).map(({ name }) => `"${name}"`);
    if (lost.length > 0)
      notes.push(
        `ordinal sorts the levels of ${lost.join(', ')}, which have an order of their own; a step for each of them takes it`,
      );
    return step;
  });
  return { steps: ordered, notes };
}

/** What a person should know of decimals: models compute in doubles. */
export function decimalNotes(columns: readonly ColumnFacts[]): string[] {
  const names = columns.filter(({ type }) => isDecimal(type)).map(({ name }) => `"${name}"`);
  if (names.length === 0) return [];
  const what =
    names.length === 1 ? `column ${names[0]} is a decimal` : `columns ${names.join(', ')} are decimals`;
  return [`${what}: a model reads each value as the nearest float64, which holds about 16 digits`];
}
