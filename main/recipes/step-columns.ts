import { fail, type Failure } from '../../preload/contract/errors.ts';
import { kindWords, type CategoryColumn, type NumberColumn, type WorkColumn } from './columns.ts';
import type { GraphColumn, StepPlace } from './step.ts';

/** The column as numbers, or a refusal by the step's name that says what to do instead. */
export function numberColumn(column: WorkColumn, step: string, place: StepPlace): NumberColumn {
  if (column.kind === 'number') return column;
  const hint =
    column.kind === 'category'
      ? 'Encode it with one-hot instead, or leave it out of "columns"'
      : 'Leave it out of "columns"';
  throw wrongKind(column, { step, place, wanted: 'numbers', hint });
}

/** The column as text, or a refusal by the step's name. */
export function textColumn(column: WorkColumn, step: string, place: StepPlace): CategoryColumn {
  if (column.kind === 'category') return column;
  const hint =
    column.kind === 'number'
      ? 'Leave it out of "columns"; it can go to the model as it is'
      : `Put it before ${column.kind}`;
  throw wrongKind(column, { step, place, wanted: 'text', hint });
}

export function wrongKind(
  column: WorkColumn,
  {
    step,
    place,
    wanted,
    hint,
  }: { readonly step: string; readonly place: StepPlace; readonly wanted: string; readonly hint: string },
): Failure {
  return fail('step-column-kind', {
    step,
    position: place.position,
    column: column.name,
    found: kindWords(column),
    wanted,
    hint,
  });
}

/** A parameter that does not fit the data or another parameter. */
export function wrongParam(step: string, place: StepPlace, param: string, message: string): Failure {
  return fail('step-param', { step, position: place.position, param, message });
}

/** The columns of a graph as numbers; `fit` has refused others. */
export function graphNumbers(columns: readonly GraphColumn[]): Extract<GraphColumn, { kind: 'number' }>[] {
  return columns.map((column) => {
    if (column.kind !== 'number') throw new Error(`column "${column.name}" is not a number in the graph`);
    return column;
  });
}

/** A column of a graph as text; `fit` has refused others. */
export function graphText(column: GraphColumn): Extract<GraphColumn, { kind: 'category' }> {
  if (column.kind !== 'category') throw new Error(`column "${column.name}" is not text in the graph`);
  return column;
}

/** What many columns become when their place is taken by all of `made`: in the place of the last of them. */
export function inPlaceOfAll<Column>(count: number, made: readonly Column[]): readonly (readonly Column[])[] {
  return Array.from({ length: count }, (_, i) => (i === count - 1 ? made : []));
}

/** What many columns become when they stay and `made` comes after the last of them. */
export function afterAll<Column>(
  columns: readonly Column[],
  made: readonly Column[],
): readonly (readonly Column[])[] {
  return columns.map((column, i) => (i === columns.length - 1 ? [column, ...made] : [column]));
}
