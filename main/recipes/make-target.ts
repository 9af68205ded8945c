import type { Task } from '../../preload/contract/common.ts';
import { fail } from '../../preload/contract/errors.ts';
import { columnLength, type RawColumn } from './columns.ts';
import type { TypedColumn } from './column-facts.ts';
import type { Target } from './design.ts';

/** The target of every row of a table, and which rows have one. */
export interface TargetColumn {
  readonly target: Target;
  /** 1 where the row has a value. Values and codes of other rows mean nothing. */
  readonly known: Uint8Array;
  readonly rows: number;
}

/**
 * Reads a column as what is to be predicted. Classes are sorted: numbers by size, text by code unit, so that with two of
 * them the second (`1`, `true`, `yes`) is the positive one.
 */
export function makeTarget({ type, column }: TypedColumn, task: Task): TargetColumn {
  const known = new Uint8Array(columnLength(column));
  let rows = 0;
  for (let i = 0; i < known.length; i++) {
    const there = column.kind === 'number' ? !Number.isNaN(column.values[i]) : (column.codes[i] ?? -1) >= 0;
    if (there) {
      known[i] = 1;
      rows++;
    }
  }
  return { target: task === 'regression' ? numeric(column) : classes(column, type === 'bool'), known, rows };
}

function numeric(column: RawColumn): Target {
  if (column.kind === 'category') {
    throw fail('target-not-numbers', {
      target: column.name,
      example: column.levels[column.codes.find((c) => c >= 0) ?? 0] ?? '',
    });
  }
  const infinite = column.values.findIndex((value) => value === Infinity || value === -Infinity);
  if (infinite >= 0) throw fail('target-infinite', { target: column.name, row: infinite + 1 });
  return { task: 'regression', values: column.values };
}

function classes(column: RawColumn, bool: boolean): Target {
  const codes = new Int32Array(columnLength(column)).fill(-1);
  if (column.kind === 'number') {
    const found = new Set<number>();
    for (const value of column.values) if (!Number.isNaN(value)) found.add(value);
    const sorted = Float64Array.from(found).sort();
    const codeOf = new Map(Array.from(sorted, (value, code) => [value, code]));
    column.values.forEach((value, i) => {
      codes[i] = codeOf.get(value) ?? -1;
    });
    const labels = Array.from(sorted, (value) => (bool ? String(value === 1) : String(value)));
    return { task: 'classification', classes: labels, codes };
  }
  const used = new Set<number>();
  for (const code of column.codes) if (code >= 0) used.add(code);
  const labels = [...used].map((code) => column.levels[code] ?? '').sort();
  const codeOf = new Map(labels.map((label, code) => [label, code]));
  const recode = Int32Array.from(column.levels, (level) => codeOf.get(level) ?? -1);
  column.codes.forEach((code, i) => {
    codes[i] = code < 0 ? -1 : (recode[code] ?? -1);
  });
  return { task: 'classification', classes: labels, codes };
}

/** The target of the given rows, in their order. */
export function gatherTarget(target: Target, rows: Int32Array): Target {
  if (target.task === 'regression') {
    return { task: 'regression', values: Float64Array.from(rows, (row) => target.values[row] ?? NaN) };
  }
  return {
    task: 'classification',
    classes: target.classes,
    codes: Int32Array.from(rows, (row) => target.codes[row] ?? -1),
  };
}
