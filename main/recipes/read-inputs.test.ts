import { describe, expect, test } from 'vitest';
import type { CategoryColumn } from './columns.ts';
import { parseColumns, parseRows, type RowValue } from './read-inputs.ts';
import type { InputType } from './pipeline-input.ts';

const texts = (name: string, values: (string | null)[]): CategoryColumn => {
  const levels = [...new Set(values.filter((value) => value !== null))];
  return {
    kind: 'category',
    name,
    levels,
    codes: Int32Array.from(values, (v) => (v === null ? -1 : levels.indexOf(v))),
  };
};

const numbersOf = (type: InputType, values: (string | null)[]) => {
  const [column] = parseColumns([{ name: 'a', type }], [texts('a', values)]);
  return column?.kind === 'number' ? [...column.values] : [];
};

test('numbers, truths, dates and times are read from text', () => {
  expect(numbersOf('number', ['1', ' -2.5e3 ', null, '+.5', '1e-400'])).toEqual([1, -2500, NaN, 0.5, 0]);
  expect(numbersOf('bool', ['true', 'No', 'T', '0', null])).toEqual([1, 0, 1, 0, NaN]);
  expect(numbersOf('date', ['1970-01-01', '1969-12-31', '2024-02-29'])).toEqual([0, -1, 19_782]);
  expect(
    numbersOf('timestamp', ['1970-01-02 12:00', '1970-01-01T00:00:00+01:00', '1970-01-01 06:00:00.5']),
  ).toEqual([1.5, -1 / 24, (6 * 3600 + 0.5) / 86_400]);
});

test('text stays text, and numbers in it are not read', () => {
  expect(parseColumns([{ name: 'zip', type: 'text' }], [texts('zip', ['01234', '95838'])])).toEqual([
    texts('zip', ['01234', '95838']),
  ]);
});

describe('refusals name the column, the row and what would be right', () => {
  test.each<[InputType, string, string]>([
    ['number', 'n/a', 'column "a": expected a number at row 2, got "n/a"'],
    ['number', '0x10', 'column "a": expected a number at row 2, got "0x10"'],
    ['number', 'Infinity', 'column "a": expected a number at row 2, got "Infinity"'],
    ['number', '1e999', 'column "a": expected a number at row 2, got "1e999"'],
    ['bool', 'maybe', 'column "a": expected true or false at row 2, got "maybe"'],
    ['date', '2026-02-30', 'column "a": expected a date such as 2026-11-23 at row 2, got "2026-02-30"'],
    ['date', '23/11/2026', 'column "a": expected a date such as 2026-11-23 at row 2, got "23/11/2026"'],
    ['timestamp', 'noon', 'column "a": expected a time such as 2026-11-23 20:26:30 at row 2, got "noon"'],
  ])('%s %s', (type, value, message) => {
    expect(() => numbersOf(type, [null, value])).toThrow(message);
    expect(() => parseRows([{ name: 'a', type }], [{ a: null }, { a: value }])).toThrow(message);
  });

  test('a column that is not there', () => {
    expect(() =>
      parseColumns([{ name: 'sqft', type: 'number' }], [texts('beds', ['1']), texts('baths', ['2'])]),
    ).toThrow('the model needs a column "sqft" and the data has none; it has beds, baths');
  });
});

test('a misspelled key is not taken for a missing value', () => {
  expect(() => parseRows([{ name: 'sqft', type: 'number' }], [{ sqtf: 800 }, { sqtf: 900 }])).toThrow(
    'the model needs a column "sqft" and the data has none; it has sqtf',
  );
});

test('rows given by value', () => {
  const rows: Record<string, RowValue>[] = [
    { n: 5, b: true, d: '1970-01-03', t: 'x' },
    { n: '2.5', b: 'no', t: 7 },
    { n: null, t: '' },
  ];
  const types: [string, InputType][] = [
    ['n', 'number'],
    ['b', 'bool'],
    ['d', 'date'],
    ['t', 'text'],
  ];
  expect(
    parseRows(
      types.map(([name, type]) => ({ name, type })),
      rows,
    ),
  ).toEqual([
    { kind: 'number', name: 'n', values: Float64Array.of(5, 2.5, NaN) },
    { kind: 'number', name: 'b', values: Float64Array.of(1, 0, NaN) },
    { kind: 'number', name: 'd', values: Float64Array.of(2, NaN, NaN) },
    { kind: 'category', name: 't', levels: ['x', '7'], codes: Int32Array.of(0, 1, -1) },
  ]);
});
