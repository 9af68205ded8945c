import * as z from 'zod';
import { fail } from '../../../../preload/contract/errors.ts';
import { kindWords, type WorkColumn } from '../../columns.ts';
import {
  beyondGraphs,
  checkExpression,
  columnsOf,
  evaluateExpression,
  ExpressionError,
  expressionNodes,
  kindsOf,
  parseExpression,
  type Typed,
} from '../../expressions/index.ts';
import { defineStep, type StepPlace } from '../../step.ts';

const params = z.object({
  name: z.string().min(1).meta({
    title: 'Name',
    description: 'of the new column; a column that the expression reads may be replaced by it',
  }),
  as: z.string().min(1).meta({
    title: 'Expression',
    description: 'what the column is, such as: beds / baths, or: if(sqft > 2000, "large", "small")',
  }),
});

const state = z.object({ name: z.string(), as: z.string() });

/** A column made of others by an expression, row by row. */
export const derive = defineStep({
  id: 'derive',
  version: 1,
  title: 'Derive',
  doc: 'Adds a column that an expression makes of others, row by row: arithmetic, conditions, texts and dates. It learns nothing from the data.',
  selects: null,
  params,
  state,
  reads: ({ as }, place) => {
    const names = located(place, () => columnsOf(parseExpression(as)));
    if (names.length > 0) return names;
    throw wrong(place, 'it reads no column, so it would be the same in every row');
  },
  fit: (columns, chosen, place) => {
    typed(columns, chosen, place);
    return { name: chosen.name, as: chosen.as };
  },
  apply: (columns, fitted, place) =>
    placed(columns, fitted.name, evaluateExpression(typed(columns, fitted, place), columns, fitted.name)),
  onnx: (graph, columns, fitted) => {
    const kinds = columns.map(({ name, kind }): [string, 'number' | 'text'] => [
      name,
      kind === 'number' ? 'number' : 'text',
    ]);
    const node = checkExpression(fitted.as, new Map(kinds));
    const beyond = beyondGraphs(node);
    if (beyond !== null) throw fail('step-not-exportable', { step: 'derive', what: beyond });
    return placed(columns, fitted.name, expressionNodes(graph, node, columns, fitted.name));
  },
});

/** The new column behind those it was made of, or in the place of the one it replaces. */
function placed<Column extends { readonly name: string }>(
  columns: readonly Column[],
  name: string,
  made: Column,
): Column[][] {
  const replaces = columns.some((column) => column.name === name);
  return columns.map((column, i) => {
    if (replaces) return column.name === name ? [made] : [column];
    return i === columns.length - 1 ? [column, made] : [column];
  });
}

function typed(columns: readonly WorkColumn[], { as }: { readonly as: string }, place: StepPlace): Typed {
  for (const column of columns) {
    if (column.kind === 'number' || column.kind === 'category') continue;
    throw fail('step-column-kind', {
      step: 'derive',
      position: place.position,
      column: column.name,
      found: kindWords(column),
      wanted: 'raw columns',
      hint: `Put it before ${column.kind}`,
    });
  }
  return located(place, () => checkExpression(as, kindsOf(columns)));
}

/** With the step's place in the words of what is wrong. */
function located<Result>(place: StepPlace, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw wrong(place, `at character ${error.at}, ${error.message}`);
  }
}

function wrong({ position }: StepPlace, message: string) {
  return fail('step-param', { step: 'derive', position, param: 'as', message });
}
