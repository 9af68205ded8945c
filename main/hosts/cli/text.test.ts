import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { factLines, textTable } from './text-table.ts';
import { formatNumber, formatSize, plainText, textWidth } from './text.ts';

test('control characters of data never reach the terminal', () => {
  expect(plainText('a\u001b[2Jb\u0007c\nd\te')).toBe('a␛[2Jb␇c␊d␉e');
  expect(plainText('\u009b31m\u007f')).toBe('\ufffd31m\ufffd');
  expect(plainText('user\u202egnp.exe')).toBe('user\ufffdgnp.exe');
  const table = textTable(['\u001b]0;x\u0007'], [['\u001b[31mred']]);
  expect(stripVTControlCharacters(table)).toBe('␛]0;x␇\n␛[31mred');
});

test('numbers read well', () => {
  const cases: readonly (readonly [number, string])[] = [
    [0, '0'],
    [985, '985'],
    [1_000_000, '1,000,000'],
    [-12, '-12'],
    [0.123456789, '0.123457'],
    [0.5, '0.5'],
    [67_412.345, '67,412.3'],
    [12.345678, '12.3457'],
    [999.999999, '1,000'],
    [0.00001234, '1.2340e-5'],
    [1e21, '1.0000e+21'],
    [NaN, 'NaN'],
    [-Infinity, '-Infinity'],
  ];
  for (const [value, text] of cases) expect(formatNumber(value), String(value)).toBe(text);
});

test('sizes read well', () => {
  expect([0, 999, 1000, 45_300, 999_999, 2_500_000, 123_456_789_012].map(formatSize)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '45.3 kB',
    '1000 kB',
    '2.5 MB',
    '123 GB',
  ]);
});

test('columns line up, numbers to the right, also with wide characters', () => {
  expect(textWidth('日本')).toBe(4);
  expect(textWidth('e\u0301')).toBe(1);
  const lines = textTable(
    ['name', 'rows'],
    [
      ['a', 5],
      ['日本', 12_345],
      ['c', null],
    ],
  ).split('\n');
  expect(lines.slice(1)).toEqual(['a          5', '日本  12,345', 'c']);
});

test('facts without a value are left out', () => {
  expect(factLines({ a: 1, long: 'x', none: null, missing: undefined })).toBe('a     1\nlong  x');
});
