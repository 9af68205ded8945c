import { isTextType } from '../../preload/contract/column-types.ts';
import { fail } from '../../preload/contract/errors.ts';
import type { ColumnFacts, TypedColumn } from './column-facts.ts';
import { columnLength, type RawColumn } from './columns.ts';
import {
  checkExpression,
  columnsOf,
  expressionMask,
  ExpressionError,
  parseExpression,
  type ColumnKinds,
  type Typed,
} from './expressions/index.ts';
import type { Problem, RowFilter } from './recipe.ts';

/** What is wrong with a filter for the columns at hand. */
export function filterProblems({ where }: RowFilter, facts: readonly ColumnFacts[]): Problem[] {
  const kinds = new Map(
    facts.map(({ name, type }): [string, 'number' | 'text'] => [name, isTextType(type) ? 'text' : 'number']),
  );
  try {
    condition(where, kinds);
    return [];
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return [{ path: 'filter.where', message: `at character ${error.at}, ${error.message}` }];
  }
}

/** The columns a filter reads. */
export function filterColumns(filter: RowFilter | undefined): string[] {
  return filter ? columnsOf(parseExpression(filter.where)) : [];
}

/** 1 for each row that a filter lets pass: where its condition is true, neither false nor missing. */
export function filterMask({ where }: RowFilter, table: readonly TypedColumn[]): Uint8Array {
  const columns = table.map(({ column }) => column);
  const kinds = new Map(
    columns.map(({ name, kind }): [string, 'number' | 'text'] => [
      name,
      kind === 'number' ? 'number' : 'text',
    ]),
  );
  try {
    const rows = columns[0] ? columnLength(columns[0]) : 0;
    return expressionMask(condition(where, kinds), columns, rows);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw fail('expression-wrong', {
      where: 'filter',
      expression: where,
      at: error.at,
      reason: error.message,
    });
  }
}

function condition(where: string, kinds: ColumnKinds): Typed {
  const node = checkExpression(where, kinds);
  if (columnsOf(parseExpression(where)).length === 0) {
    throw new ExpressionError(1, 'it reads no column, so it would say the same of every row');
  }
  if (node.type === 'logic') return node;
  throw new ExpressionError(
    1,
    `expected a condition, such as "price > 0", got ${node.type === 'text' ? 'text' : 'a number'}`,
  );
}

/** The column without the values of the rows that a mask leaves out. */
export function withoutRows(column: RawColumn, mask: Uint8Array): RawColumn {
  if (column.kind === 'number') {
    return { ...column, values: column.values.map((value, row) => (mask[row] ? value : Number.NaN)) };
  }
  return { ...column, codes: column.codes.map((code, row) => (mask[row] ? code : -1)) };
}
