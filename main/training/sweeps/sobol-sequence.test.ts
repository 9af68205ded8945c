import { expect, test } from 'vitest';
import reference from './sobol.fixture.json' with { type: 'json' };
import { sobolDimensions, sobolPoint } from './sobol-sequence.ts';

test('the points are those of scipy, bit for bit, in every dimension', () => {
  expect(reference.points[0]?.length).toBe(sobolDimensions);
  expect(reference.points.map((_, i) => [...sobolPoint(i, sobolDimensions)])).toEqual(reference.points);
  expect([...sobolPoint(5000, sobolDimensions)]).toEqual(reference.at5000);
});

test('a shifted sequence still has one point in each of 64 equal parts of every dimension', () => {
  const shift = Array.from({ length: 10 }, (_, d) => (d * 123_456_789) % 2 ** 30);
  for (let d = 0; d < 10; d++) {
    const parts = Array.from({ length: 64 }, (_, i) => Math.floor((sobolPoint(i, 10, shift)[d] ?? 0) * 64));
    expect(new Set(parts).size).toBe(64);
  }
});
