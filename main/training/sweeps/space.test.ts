import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { families, familyById, sweepRanges } from '../../models/index.ts';
import { familySpace, paramsAt, placeOf, valueAt, type Dimension } from './space.ts';

const tasks = ['regression', 'classification'] as const;

describe.each(families.map((family) => [family.id, family] as const))('the ranges of %s', (_, family) => {
  test('are of parameters it has, and every corner of them passes its schema', () => {
    for (const task of tasks) {
      const { dimensions, resource } = familySpace(family, task);
      for (const place of [0, 0.5, 1 - 2 ** -53]) {
        const params = paramsAt(
          { dimensions },
          dimensions.map(() => place),
        );
        expect(family.params.safeParse(params).error).toBeUndefined();
      }
      // The whole work is what the family does by default: a winner of a race can be compared with it.
      const whole = resource ? { [resource.param]: resource.to } : {};
      const least = resource ? { [resource.param]: resource.from } : {};
      expect(family.params.parse({})).toMatchObject(whole);
      expect(family.params.safeParse(least).success).toBe(true);
    }
    for (const param of sweepRanges(family.params).keys()) expect(family.params.shape).toHaveProperty(param);
  });
});

const dimensions: readonly Dimension[] = [
  { param: 'a', kind: 'number', from: 0.001, to: 1000, scale: 'log' },
  { param: 'b', kind: 'number', from: -2, to: 3, scale: 'linear' },
  { param: 'c', kind: 'integer', from: 1, to: 50, scale: 'log' },
  { param: 'd', kind: 'integer', from: 2, to: 4, scale: 'linear' },
];

test('a value leads back to its place, as near as its rounding', () => {
  for (const dimension of dimensions) {
    for (const place of [0, 0.1, 0.37, 0.5, 0.82, 0.999]) {
      const value = valueAt(dimension, place);
      expect(valueAt(dimension, placeOf(dimension, value))).toBe(value);
    }
  }
});

function counts(dimension: Dimension): number[] {
  const values = Array.from({ length: 3000 }, (_, i) => JSON.stringify(valueAt(dimension, (i + 0.5) / 3000)));
  return [...new Set(values)].map((value) => values.filter((one) => one === value).length);
}

test('whole numbers and values of a choice are equally likely, the ends too', () => {
  expect(counts({ param: 'd', kind: 'integer', from: 2, to: 4, scale: 'linear' })).toEqual([
    1000, 1000, 1000,
  ]);
  expect(counts({ param: 'e', kind: 'choice', values: [[32], [64, 32], null] })).toEqual([1000, 1000, 1000]);
});

test('what the user says takes the place of what the schema says; what a recipe holds is left alone', () => {
  const boosting = familyById('boosting');
  const space = familySpace(
    boosting,
    'regression',
    { num_leaves: [15, 31], max_bin: { from: 15, to: 255, scale: 'log' } },
    new Set(['learning_rate']),
  );
  expect(space.dimensions).toContainEqual({ param: 'num_leaves', kind: 'choice', values: [15, 31] });
  expect(space.dimensions).toContainEqual({
    param: 'max_bin',
    kind: 'integer',
    from: 15,
    to: 255,
    scale: 'log',
  });
  expect(space.dimensions.map(({ param }) => param)).not.toContain('learning_rate');
});

test.each([
  [{ leaves: [1] }, 'there is no such parameter; there are '],
  [{ num_leaves: { from: 3, to: 2 } }, '"from" (3) must be less than "to" (2)'],
  [{ num_leaves: { from: 2.5, to: 7 } }, '2.5: '],
  [{ num_leaves: [31, 'many'] }, '"many": '],
  [{ reg_lambda: { from: 0, to: 1, scale: 'log' as const } }, 'a log scale begins above 0, not at 0'],
  [{ subsample: { from: 0.5, to: 2 } }, '2: '],
])('%j is refused', (overrides, words) => {
  expect(() => familySpace(familyById('boosting'), 'regression', overrides)).toThrow(words);
});

test('a parameter without a range of its own has no place in the space', () => {
  const params = z.strictObject({ depth: z.int().default(3).meta({ title: 'Depth', description: '...' }) });
  expect(familySpace({ id: 'x', params }, 'regression')).toEqual({
    family: 'x',
    dimensions: [],
    resource: null,
  });
});
