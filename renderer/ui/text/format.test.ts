import { expect, test } from 'vitest';
import { formatAgo, formatBytes, formatDuration, formatNumber, formatPercent, plural } from './format.ts';

test.each([
  [0, '0'],
  [1234567, '1,234,567'],
  [54321.678, '54,322'],
  [0.123456, '0.1235'],
  [3_855_759_421.25, '3.856e9'],
  [3_855_759_421, '3,855,759,421'],
  [-12.3456, '-12.35'],
  [0.00001234, '1.234e-5'],
  [Number.NaN, 'not a number'],
  [Number.POSITIVE_INFINITY, 'infinity'],
])('%d reads %s', (value, words) => {
  expect(formatNumber(value)).toBe(words);
});

test('bytes are decimal and never read 1000 of a unit', () => {
  expect(formatBytes(999)).toBe('999 B');
  expect(formatBytes(53_140)).toBe('53.1 kB');
  expect(formatBytes(999_999)).toBe('1 MB');
  expect(formatBytes(1_234_000_000)).toBe('1.23 GB');
});

test('durations, moments, counts and shares', () => {
  expect(formatDuration(0.0421)).toBe('42 ms');
  expect(formatDuration(3.25)).toBe('3.3 s');
  expect(formatDuration(125)).toBe('2 min 5 s');
  expect(formatDuration(7260)).toBe('2 h 1 min');
  const now = Date.parse('2026-03-01T12:00:00Z');
  expect(formatAgo('2026-03-01T11:59:50.000Z', now)).toBe('just now');
  expect(formatAgo('2026-03-01T09:00:00.000Z', now)).toBe('3 hr. ago');
  expect(plural(1, 'row')).toBe('1 row');
  expect(plural(1200, 'row')).toBe('1,200 rows');
  expect(formatPercent(0.0004)).toBe('< 0.1 %');
  expect(formatPercent(0.1234)).toBe('12.3 %');
});
