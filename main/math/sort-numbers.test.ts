import { expect, test } from 'vitest';
import { sortNumbers } from './sort-numbers.ts';

/** Every kind of double: of random bits, of one size, few different ones, and the special ones. */
function samples(n: number): Float64Array[] {
  let state = 1;
  const next = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0);
  const bits = new Uint32Array(2 * n).map(next);
  const random = new Float64Array(bits.buffer).map((value) => (Number.isNaN(value) ? Number.NaN : value));
  const special = [0, -0, Infinity, -Infinity, Number.NaN, Number.MIN_VALUE, -Number.MAX_VALUE];
  return [
    random,
    Float64Array.from({ length: n }, () => next() / 2 ** 32),
    Float64Array.from({ length: n }, () => (next() % 7) - 3),
    Float64Array.from({ length: n }, () => special[next() % special.length]!),
  ];
}

test.each([0, 1, 5000, 20_000])('%i numbers come in the order of the engine’s own sort', (n) => {
  for (const values of samples(n)) {
    const expected = values.slice().sort();
    // Object.is tells -0 from 0.
    expect(sortNumbers(values).every((value, i) => Object.is(value, expected[i]))).toBe(true);
  }
});
