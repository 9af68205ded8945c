import { array, assert, double, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { quantiles } from './quantiles.ts';
import { select, selectQuantile } from './select.ts';

const values = array(double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 2000 });

test('selects what sorting would put there', () => {
  expect.hasAssertions();
  assert(
    property(values, integer({ min: 0, max: 1999 }), (numbers, wanted) => {
      const k = wanted % numbers.length;
      expect(select(Float64Array.from(numbers), k)).toBe(Float64Array.from(numbers).sort()[k]);
    }),
    { seed: 1, numRuns: 200 },
  );
});

test('quantiles without sorting are those of the sorted values, for many ties and long columns too', () => {
  const long = Float64Array.from({ length: 100_000 }, (_, i) => Math.floor(1000 * Math.sin(i * i)));
  for (const q of [0, 0.1, 0.25, 0.5, 0.75, 0.999, 1]) {
    expect(selectQuantile(long.slice(), q)).toBe(quantiles(long, [q])[0]);
  }
  expect(selectQuantile(new Float64Array(0), 0.5)).toBeNaN();
  expect(selectQuantile(Float64Array.of(1, 2), 0.5)).toBe(1.5);
});
