import { expect, test } from 'vitest';
import fixture from './compare-folds.fixture.json' with { type: 'json' };
import { compareFolds } from './compare-folds.ts';

const folds = (accuracies: readonly (number | null)[], train: number, rows: number) =>
  accuracies.map((accuracy, i) => ({
    fold: i + 1,
    train,
    rows,
    metrics: { accuracy },
    undefinedBecause: {},
  }));

test.each(fixture.cases)(`as ${fixture['made with']}: $a.length folds`, (one) => {
  const { a, b, train, rows } = one;
  const [found, ...more] = compareFolds(folds(a, train, rows), folds(b, train, rows));
  expect(more).toEqual([]);
  expect(found).toMatchObject({ what: 'accuracy', test: 'corrected-resampled-t' });
  for (const key of ['difference', 'low', 'high', 'p'] as const)
    expect(found![key]).toBeCloseTo(one[key], 10);
});

test('a model against itself shows no difference, and a fold without a value does not count', () => {
  const same = folds([0.5, 0.75, null], 20, 10);
  expect(compareFolds(same, same)).toEqual([
    expect.objectContaining({ difference: 0, p: 1, sentence: 'over 2 folds both have an accuracy of 0.625' }),
  ]);
  expect(compareFolds(same.slice(0, 1), same)).toEqual([]);
});
