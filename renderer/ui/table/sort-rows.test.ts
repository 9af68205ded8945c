import { expect, test } from 'vitest';
import { sortRows } from './sort-rows.ts';

const rows = [
  { id: 'a', value: 2 },
  { id: 'b', value: null },
  { id: 'c', value: 10 },
  { id: 'd', value: 2 },
];
const ids = (sorted: readonly { id: string }[]) => sorted.map((row) => row.id).join('');

test('numbers by size, equal ones in their order, absent ones last', () => {
  expect(ids(sortRows(rows, (row) => row.value, false))).toBe('adcb');
  expect(ids(sortRows(rows, (row) => row.value, true))).toBe('cadb');
  expect(ids(rows)).toBe('abcd');
});

test('texts with numbers in them as people count', () => {
  const names = ['run-10', 'run-9', 'Run-1'].map((id) => ({ id }));
  expect(ids(sortRows(names, (row) => row.id, false))).toBe('Run-1run-9run-10');
});
