import { columnLength, type RawColumn, type WorkColumn } from '../columns.ts';
import type { ColumnKinds, Typed } from './check.ts';
import { columnMachine, type Numbers, type Texts } from './column-machine.ts';
import { runExpression } from './run.ts';
import type { Value } from './values.ts';

/** What an expression makes of columns, as a column; logic becomes 1 and 0. `columns` holds at least those it reads. */
export function evaluateExpression(
  node: Typed,
  columns: readonly WorkColumn[],
  name: string,
  rows = columns[0] ? columnLength(columns[0]) : 0,
): RawColumn {
  const result = runExpression(node, columnMachine(rows), (wanted): Value<Numbers, Texts> => {
    const column = columns.find((one) => one.name === wanted);
    if (column?.kind === 'number') return { kind: 'number', numbers: column.values };
    if (column?.kind === 'category') return { kind: 'text', texts: column };
    throw new Error(`there is no column "${wanted}" to work with`);
  });
  if (result.kind === 'number') {
    const { numbers } = result;
    const values = typeof numbers === 'number' ? new Float64Array(rows).fill(numbers) : numbers;
    return { kind: 'number', name, values };
  }
  const { texts } = result;
  if (typeof texts !== 'string') return { kind: 'category', name, levels: texts.levels, codes: texts.codes };
  const none = texts === '';
  return {
    kind: 'category',
    name,
    levels: none ? [] : [texts],
    codes: new Int32Array(rows).fill(none ? -1 : 0),
  };
}

/** 1 where a condition is true, 0 where it is false or missing. */
export function expressionMask(node: Typed, columns: readonly RawColumn[], rows: number): Uint8Array {
  const result = evaluateExpression(node, columns, '', rows);
  if (result.kind !== 'number') throw new Error('a condition is no text');
  return Uint8Array.from(result.values, (value) => Number(value === 1));
}

/** The columns an expression can read, with their types. */
export function kindsOf(columns: readonly WorkColumn[]): ColumnKinds {
  return new Map(
    columns.flatMap(({ name, kind }): [string, 'number' | 'text'][] =>
      kind === 'number' ? [[name, 'number']] : kind === 'category' ? [[name, 'text']] : [],
    ),
  );
}
