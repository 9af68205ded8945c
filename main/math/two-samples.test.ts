import { expect, test } from 'vitest';
import {
  chiSquareUpper,
  fisherTwoSided,
  kolmogorovDistance,
  kolmogorovTail,
  kolmogorovTwoSided,
} from './index.ts';
import fixture from './two-samples.fixture.json' with { type: 'json' };

/** The largest relative difference, down to where scipy itself gives a tail of zero. */
function largestDifference(pairs: readonly (readonly [found: number, wanted: number])[]): number {
  return Math.max(...pairs.map(([found, wanted]) => Math.abs(found - wanted) / (wanted + 1e-290)));
}

test.each(fixture.kolmogorov.map((one) => [one.a.length, one.b.length, one] as const))(
  'Kolmogorov-Smirnov of %d against %d values: distance and exact tail as scipy',
  (n, m, { a, b, statistic, p }) => {
    const distance = kolmogorovDistance(Float64Array.from(a).sort(), Float64Array.from(b).sort());
    expect(distance).toBeCloseTo(statistic, 14);
    expect(largestDifference([[kolmogorovTwoSided(distance, n, m), p]])).toBeLessThan(1e-10);
  },
);

test('the limiting Kolmogorov tail as scipy', () => {
  expect(largestDifference(fixture.tail.map(({ x, p }) => [kolmogorovTail(x), p]))).toBeLessThan(1e-10);
});

test('the chi-square tail as scipy', () => {
  expect(largestDifference(fixture.chiSquare.map(({ x, df, p }) => [chiSquareUpper(x, df), p]))).toBeLessThan(
    1e-10,
  );
});

test("Fisher's exact test as the hypergeometric distribution of scipy", () => {
  const pairs = fixture.fisher.map(({ a, na, b, nb, p }) => [fisherTwoSided(a, na, b, nb), p] as const);
  expect(largestDifference(pairs)).toBeLessThan(1e-10);
});

test('far more values than can be counted exactly agree with the limit, and equal samples are sure to be alike', () => {
  expect(kolmogorovTwoSided(0.02, 50_000, 50_000)).toBeCloseTo(kolmogorovTail(0.02 * Math.sqrt(25_000)), 12);
  expect(kolmogorovTwoSided(0, 10, 10)).toBe(1);
});
