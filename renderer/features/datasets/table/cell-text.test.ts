import { expect, test } from 'vitest';
import { cellText, decimalsOf } from './cell-text.ts';

test('a column shows the digits its values have, as far as they tell anything', () => {
  expect(decimalsOf([1, 2, 3])).toBe(0);
  expect(decimalsOf([1, 2.5, null])).toBe(1);
  expect(decimalsOf([38.631913, 38.47])).toBe(5);
  expect(decimalsOf([0.1 + 0.2])).toBe(6);
  expect(decimalsOf([1.5e-7])).toBe(6);
  expect(decimalsOf([123_456.789])).toBe(1);
  expect(decimalsOf([])).toBe(0);
});

test.each([
  [38.7, 'float64', 5, '38.70000', '38.7'],
  [1e-9, 'float64', 2, '1.000e-9', '1e-9'],
  [Number.NaN, 'float64', 2, 'not a number', 'NaN'],
  [9007199254740993n, 'int64', 0, '9,007,199,254,740,993', '9007199254740993'],
  [true, 'bool', 0, 'true', 'true'],
  [Date.UTC(2024, 1, 29), 'date', 0, '2024-02-29', '2024-02-29'],
  [
    Date.UTC(2024, 1, 29, 13, 5, 7, 250),
    'timestamp',
    0,
    '2024-02-29 13:05:07.250',
    '2024-02-29 13:05:07.250',
  ],
  [Date.UTC(2024, 1, 29, 13, 5, 7), 'timestamptz', 0, '2024-02-29 13:05:07Z', '2024-02-29 13:05:07Z'],
  [1_577_872_800_123.456, 'timestamp', 0, '2020-01-01 10:00:00.123456', '2020-01-01 10:00:00.123456'],
  [-0.001, 'timestamptz', 0, '1969-12-31 23:59:59.999999Z', '1969-12-31 23:59:59.999999Z'],
  ['', 'utf8', 0, '', ''],
  [new Uint32Array([1_234_567_890, 5, 0, 0]), 'decimal(20,2)', 0, '227,094,043.70', '227094043.70'],
  [new Uint32Array([0xfffffffb, 0xffffffff, 0xffffffff, 0xffffffff]), 'decimal(4,2)', 0, '-0.05', '-0.05'],
] as const)('%s as %s', (value, type, decimals, text, full) => {
  expect(cellText(value, type, decimals)).toEqual({ text, full });
});

test('missing is not a text', () => {
  expect(cellText(null, 'float64')).toBeNull();
});
