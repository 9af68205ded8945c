import { fail } from '../../preload/contract/errors.ts';
import type { CategoryColumn, RawColumn } from './columns.ts';
import type { InputType, NamedInput } from './pipeline-input.ts';

/** A value of one row as a form or a program gives it. */
export type RowValue = string | number | boolean | null;

const day = 86_400_000;

/**
 * Columns of text, as they stand in a file, as the raw columns a pipeline reads. Columns it does not read are left out; the
 * order of the file does not matter. `row` numbers start at 1, the header not counted.
 */
export function parseColumns(inputs: readonly NamedInput[], columns: readonly CategoryColumn[]): RawColumn[] {
  return inputs.map(({ name, type }) => {
    const column = find(columns, name);
    if (type === 'text') return column;
    const numbers = Float64Array.from(column.levels, (level) => parseValue(level, type) ?? Infinity);
    const values = new Float64Array(column.codes.length);
    for (let i = 0; i < values.length; i++) {
      const code = column.codes[i] ?? -1;
      const value = code < 0 ? NaN : (numbers[code] ?? NaN);
      if (value === Infinity) throw wrong(name, type, i, column.levels[code] ?? '');
      values[i] = value;
    }
    return { kind: 'number', name, values };
  });
}

/** Rows given value by value as raw columns. A key that a row lacks is a missing value; one that all of them lack is refused. */
export function parseRows(
  inputs: readonly NamedInput[],
  rows: readonly Readonly<Record<string, RowValue>>[],
): RawColumn[] {
  return inputs.map(({ name, type }): RawColumn => {
    if (rows.length > 0 && !rows.some((row) => Object.hasOwn(row, name))) {
      throw fail('input-column-missing', { column: name, known: [...new Set(rows.flatMap(Object.keys))] });
    }
    if (type === 'text') {
      const codeOf = new Map<string, number>();
      const codes = Int32Array.from(rows, (row) => {
        const value = row[name] ?? '';
        if (value === '') return -1;
        const level = String(value);
        const code = codeOf.get(level) ?? codeOf.size;
        codeOf.set(level, code);
        return code;
      });
      return { kind: 'category', name, levels: [...codeOf.keys()], codes };
    }
    const values = Float64Array.from(rows, (row, index) => {
      const value = row[name] ?? null;
      if (value === null) return NaN;
      const number = typeof value === 'string' ? parseValue(value, type) : Number(value);
      if (number === undefined || Math.abs(number) === Infinity)
        throw wrong(name, type, index, String(value));
      return number;
    });
    return { kind: 'number', name, values };
  });
}

const words: Readonly<Record<InputType, string>> = {
  number: 'a number',
  bool: 'true or false',
  date: 'a date such as 2026-11-23',
  timestamp: 'a time such as 2026-11-23 20:26:30',
  text: 'text',
};

function wrong(column: string, type: InputType, index: number, found: string) {
  return fail('input-value-wrong', { column, row: index + 1, expected: words[type], found });
}

function find(columns: readonly CategoryColumn[], name: string): CategoryColumn {
  const column = columns.find((candidate) => candidate.name === name);
  if (column) return column;
  throw fail('input-column-missing', { column: name, known: columns.map((candidate) => candidate.name) });
}

/** The number a text stands for, NaN when it is blank, undefined when it is none. */
function parseValue(written: string, type: Exclude<InputType, 'text'>): number | undefined {
  const text = written.trim();
  if (text === '') return NaN;
  if (type === 'bool') return booleans.get(text.toLowerCase());
  if (type !== 'number') return parseMoment(text);
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? finite(Number(text)) : undefined;
}

const booleans = new Map([
  ...['true', 't', 'yes', 'y', '1'].map((word): [string, number] => [word, 1]),
  ...['false', 'f', 'no', 'n', '0'].map((word): [string, number] => [word, 0]),
]);

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

/** Days since 1970-01-01, UTC where the text names no zone. */
export function parseMoment(text: string): number | undefined {
  const match =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[-+]\d{2}:?\d{2})?)?$/i.exec(text);
  if (!match) return undefined;
  const [, date = '', time = '00:00', zone = 'Z'] = match;
  const moment = Date.parse(`${date}T${time}${zone}`);
  return Number.isNaN(moment) || !realDate(date) ? undefined : moment / day;
}

/** Date.parse takes 2026-02-30 for March 2. */
function realDate(date: string): boolean {
  const moment = Date.parse(date);
  return !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(date);
}
