import { expect, test } from 'vitest';
import {
  addConditions,
  columnText,
  nextSort,
  queryOf,
  removeCondition,
  sortBy,
  valueText,
  viewOf,
} from './view-query.ts';

test('an address carries the whole view, and nothing when there is none', () => {
  const view = { sort: ['price:desc', 'a&b:asc'], where: ["city = 'A, B'", 'x >= 1'], search: 'é #' };
  expect(viewOf(new URLSearchParams(queryOf(view)))).toEqual(view);
  expect(queryOf({})).toBe('');
  expect(viewOf(new URLSearchParams('sort=&search='))).toEqual({});
});

test('a head is sorted up, down, and not at all', () => {
  const up = nextSort({ search: 'x' }, 'a');
  expect(up).toEqual({ search: 'x', sort: ['a:asc'] });
  expect(nextSort(up, 'a')).toEqual({ search: 'x', sort: ['a:desc'] });
  expect(nextSort(nextSort(up, 'a'), 'a')).toEqual({ search: 'x' });
  expect(nextSort(up, 'b')).toEqual({ search: 'x', sort: ['b:asc'] });
  expect(nextSort(up, 'b', true)).toEqual({ search: 'x', sort: ['a:asc', 'b:asc'] });
  expect(sortBy({ sort: ['a', 'b:desc'] }, 'a', 'desc')).toEqual({ sort: ['a:desc'] });
});

test('conditions are added once and removed', () => {
  const view = addConditions({ where: ['a = 1'] }, 'b = 2', 'a = 1');
  expect(view).toEqual({ where: ['a = 1', 'b = 2'] });
  expect(removeCondition(removeCondition(view, 'a = 1'), 'b = 2')).toEqual({});
});

test('names and values are quoted where they must be', () => {
  expect(['price', 'lot size', 'a"b', 'größe', 'a=b'].map(columnText)).toEqual([
    'price',
    '"lot size"',
    '"a""b"',
    'größe',
    '"a=b"',
  ]);
  expect(['3', 'ELK GROVE', "it's", 'a,b', ''].map(valueText)).toEqual([
    '3',
    "'ELK GROVE'",
    "'it''s'",
    "'a,b'",
    "''",
  ]);
});
