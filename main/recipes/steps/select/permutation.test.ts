import { expect, test } from 'vitest';
import type { RawColumn } from '../../columns.ts';
import type { Target } from '../../design.ts';
import { permutationImportance } from './permutation.ts';
import reference from './sklearn.fixture.json' with { type: 'json' };

const columns = reference.values[0]!.map((_, at): RawColumn => ({
  kind: 'number',
  name: `x${at}`,
  values: Float64Array.from(reference.values, (row) => row[at]!),
}));
const amount: Target = { task: 'regression', values: Float64Array.from(reference.amount) };
const half: Target = {
  task: 'classification',
  classes: ['low', 'high'],
  codes: Int32Array.from(reference.half),
};

/** The columns that tell most, in order. */
function best(scores: readonly number[]): number[] {
  return [...scores.keys()].toSorted((a, b) => scores[b]! - scores[a]!).slice(0, 3);
}

test('importances are those of a forest in scikit-learn, as near as two draws of rows and trees are', () => {
  for (const [target, expected] of [
    [amount, reference.regression],
    [half, reference.classification],
  ] as const) {
    const found = permutationImportance(columns, target, 42);
    found.forEach((score, at) => expect(Math.abs(score - expected[at]!)).toBeLessThan(0.1));
    expect(best(found)).toEqual(best(expected));
    for (const noise of found.slice(5)) expect(Math.abs(noise)).toBeLessThan(0.02);
  }
});

test('the same seed gives the same scores, another one others near them; categories and gaps are taken as they are', () => {
  expect(permutationImportance(columns, amount, 1)).toEqual(permutationImportance(columns, amount, 1));
  expect(permutationImportance(columns, amount, 2)).not.toEqual(permutationImportance(columns, amount, 1));
  const levels = ['c', 'a', 'd', 'b'];
  const codes = Int32Array.from({ length: 400 }, (_, row) => (row * 7) % 4);
  const value = Float64Array.from(codes, (code, row) => [5, 0, 9, 1][code]! + (row % 3) * 0.1);
  const gappy = Float64Array.from({ length: 400 }, (_, row) => ((row * 11) % 7 < 3 ? Number.NaN : row % 5));
  const table: RawColumn[] = [
    { kind: 'number', name: 'gappy', values: gappy },
    { kind: 'category', name: 'kind', levels, codes },
  ];
  const [noise, kind] = permutationImportance(table, { task: 'regression', values: value }, 3);
  expect(kind).toBeGreaterThan(0.5);
  expect(Math.abs(noise!)).toBeLessThan(0.05);
  // Nothing to tell: a constant target, and too few rows.
  const constant = new Float64Array(400).fill(2);
  expect(permutationImportance(table, { task: 'regression', values: constant }, 3)).toEqual([0, 0]);
  const one: RawColumn[] = [{ kind: 'number', name: 'a', values: Float64Array.of(1) }];
  expect(permutationImportance(one, { task: 'regression', values: Float64Array.of(1) }, 3)).toEqual([0]);
});
