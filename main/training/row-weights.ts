import { fail } from '../../preload/contract/errors.ts';
import type { Labelled } from '../models/index.ts';
import type { ResolvedRecipe, TypedColumn } from '../recipes/index.ts';

/** The weights of some rows, checked; a training part must have one that is not 0. */
export function rowWeights(
  { weight }: Pick<ResolvedRecipe, 'weight'>,
  table: readonly TypedColumn[],
  rows: Int32Array,
  training: boolean,
): Pick<Labelled, 'weights'> {
  if (weight === undefined) return {};
  const column = table.find((one) => one.column.name === weight)?.column;
  if (column?.kind !== 'number') {
    throw fail('input-column-missing', { column: weight, known: table.map((one) => one.column.name) });
  }
  const weights = Float64Array.from(rows, (row) => column.values[row] ?? Number.NaN);
  const wrong = weights.findIndex((value) => !(value >= 0 && value < Infinity));
  if (wrong >= 0) {
    const value = weights[wrong] ?? Number.NaN;
    const found = Number.isNaN(value) ? 'missing' : String(value);
    throw fail('weight-wrong', { column: weight, row: (rows[wrong] ?? 0) + 1, found });
  }
  if (training && weights.every((value) => value === 0)) {
    throw fail('weight-none', { column: weight, rows: rows.length });
  }
  return { weights };
}
