import { expect, test } from 'vitest';
import type { ColumnProfile } from '../../../../preload/contract/column-profile.ts';
import { barCondition } from './bar-condition.ts';

const base: ColumnProfile = {
  name: 'x',
  type: 'float64',
  content: '0'.repeat(64),
  rows: 3,
  missing: 0,
  distinct: 3,
  notFinite: 0,
  numeric: null,
  lengths: null,
  histogram: [
    { lower: 0, upper: 0.5, count: 1 },
    { lower: 0.5, upper: 1, count: 2 },
  ],
  top: [],
  monotone: null,
  constant: false,
  likelyId: false,
  likelyDate: null,
};

test('a bar is its bin: the lower edge belongs to it, the upper one to the next, the last has both', () => {
  expect(barCondition(base, 0)).toEqual(['x >= 0', 'x < 0.5']);
  expect(barCondition(base, 1)).toEqual(['x >= 0.5', 'x <= 1']);
  expect(barCondition(base, 2)).toEqual([]);
});

test('whole numbers and dates are bounded by ones that there are', () => {
  const bins = [
    { lower: 10, upper: 12.5, count: 1 },
    { lower: 12.5, upper: 15, count: 1 },
  ];
  expect(barCondition({ ...base, type: 'int64', histogram: bins }, 0)).toEqual(['x >= 10', 'x <= 12']);
  expect(barCondition({ ...base, type: 'int64', histogram: bins }, 1)).toEqual(['x >= 13', 'x <= 15']);
  const days = [{ lower: 0, upper: 1, count: 1 }];
  expect(barCondition({ ...base, type: 'date', histogram: days }, 0)).toEqual(['x = 1970-01-01']);
  const moments = [{ lower: 0, upper: 1500, count: 1 }];
  expect(barCondition({ ...base, type: 'timestamptz', histogram: moments }, 0)).toEqual([
    "x >= '1970-01-01 00:00:00.000Z'",
    "x <= '1970-01-01 00:00:01.500Z'",
  ]);
});

test('a frequent value is itself', () => {
  const top = [{ value: 'ELK GROVE', count: 2 }];
  expect(barCondition({ ...base, name: 'my city', type: 'utf8', histogram: [], top }, 0)).toEqual([
    `"my city" = 'ELK GROVE'`,
  ]);
});
