import { expect, test } from 'vitest';
import fixture from './compare.fixture.json' with { type: 'json' };
import { compareOutcomes } from './compare-outcomes.ts';
import { scored, type Scored } from './scored.ts';
import { slicesOf } from './slices.ts';
import { thresholdsOf } from './thresholds.ts';

const numbers = (actual: number[], predicted: number[]): Scored =>
  scored({ task: 'regression', values: Float64Array.from(actual) }, Float64Array.from(predicted));

const binary = (truth: number[], probability: number[]): Scored =>
  scored(
    { task: 'classification', classes: ['no', 'yes'], codes: Int32Array.from(truth) },
    Float64Array.from(probability.flatMap((p) => [1 - p, p])),
  );

test.each(fixture.numbers.map((one) => [one.actual.length, one.what, one] as const))(
  'paired t of %d rows, %s: as scipy',
  (_, what, one) => {
    const found = compareOutcomes(numbers(one.actual, one.a), numbers(one.actual, one.b)).find(
      (comparison) => comparison.what === what,
    )!;
    expect(found.difference).toBeCloseTo(one.difference, 12);
    expect(found.p).toBeCloseTo(one.p, 12);
    expect(found.low).toBeCloseTo(one.low, 9);
    expect(found.high).toBeCloseTo(one.high, 9);
  },
);

test.each(fixture.classes.map((one) => [one.truth.length, one] as const))(
  'McNemar and DeLong of %d rows: as scipy, and by the definition',
  (_, one) => {
    const found = compareOutcomes(binary(one.truth, one.a), binary(one.truth, one.b));
    expect(found.map(({ test: name }) => name)).toEqual(['mcnemar', 'paired-t', 'delong']);
    expect(found[0]!.p).toBeCloseTo(one.mcnemar, 12);
    expect([found[2]!.a, found[2]!.b]).toEqual(one.areas.map((area) => expect.closeTo(area, 12) as number));
    expect(found[2]!.p).toBeCloseTo(one.delong, 12);
    expect((found[2]!.high! - found[2]!.low!) / (2 * 1.959963984540054)).toBeCloseTo(one.error, 12);
  },
);

test('a model against itself shows no difference', () => {
  const { truth, a } = fixture.classes[1]!;
  for (const { difference, p, sentence } of compareOutcomes(binary(truth, a), binary(truth, a))) {
    expect([difference, p]).toEqual([0, 1]);
    expect(sentence).toMatch(/^both have an? /);
  }
});

test('thresholds of eight rows, by hand', () => {
  const rows = scored(
    { task: 'classification', classes: ['no', 'yes'], codes: Int32Array.of(1, 0, 1, 1, 0, 0, 0, 0) },
    Float64Array.from([0.9, 0.8, 0.7, 0.4, 0.6, 0.3, 0.2, 0.1].flatMap((p) => [1 - p, p])),
  );
  expect(rows.task).toBe('classification');
  const found = thresholdsOf(rows as Extract<Scored, { task: 'classification' }>, {
    falsePositiveCost: 1,
    falseNegativeCost: 5,
  });
  expect(found.usual).toMatchObject({
    truePositives: 2,
    falsePositives: 2,
    falseNegatives: 1,
    trueNegatives: 3,
  });
  // At 0.4 all three are found, with two false alarms: 2 · 3 / (2 · 3 + 2), and a cost of 2 over 8 rows.
  expect(found.best.f1).toMatchObject({ threshold: 0.4, f1: 0.75 });
  expect(found.best.cost).toMatchObject({ threshold: 0.4, cost: 0.25 });
  expect(found.best.youden.youden).toBeCloseTo(1 - 2 / 5, 12);
  expect(found.lift.at(-1)).toEqual({ share: 1, gain: 1, lift: 1 });
  // Half of the rows, four, hold two of three: 0.9, 0.8, 0.7 and 0.6.
  expect(found.lift[4]!.gain).toBeCloseTo(2 / 3, 12);
});

test('the slice in which a model is worse is found, one that is only small is not', () => {
  const rows = 1000;
  const kind = Uint8Array.from({ length: rows }, (_, i) => i % 4);
  const size = Uint8Array.from({ length: rows }, (_, i) => Math.floor(i / 4) % 3);
  // Losses between 0 and 1, and 2 more where kind is d and size is large.
  const losses = Float64Array.from(
    { length: rows },
    (_, i) => ((i * 7919) % 1000) / 1000 + (kind[i] === 3 && size[i] === 2 ? 2 : 0),
  );
  const columns = [
    { name: 'kind', labels: ['kind = a', 'kind = b', 'kind = c', 'kind = d'], codes: kind },
    { name: 'size', labels: ['size < 1', '1 <= size < 2', 'size >= 2'], codes: size },
  ];
  const { slices, worst, overall } = slicesOf(columns, losses, 10);
  expect(slices.map(({ slice }) => slice)).toEqual([...columns[0]!.labels, ...columns[1]!.labels]);
  expect(worst.map(({ slice }) => slice)).toEqual(['kind = d, size >= 2', 'kind = d', 'size >= 2']);
  expect(overall).toBeCloseTo(losses.reduce((a, b) => a + b, 0) / rows, 12);
  const [pair] = worst;
  expect(pair!.low).toBeGreaterThan(1.8);
  expect(pair!.high).toBeLessThan(2.2);
});
