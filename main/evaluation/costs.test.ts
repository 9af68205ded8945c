import { expect, test } from 'vitest';
import fixture from './costs.fixture.json' with { type: 'json' };
import { costMatrix, costsOf, leastCost } from './costs.ts';
import { scored, type ScoredClasses } from './scored.ts';

test.each(fixture.cases)(`as ${fixture['made with']}: $costs.length classes`, (one) => {
  const classes = one.costs.map((_, k) => `c${k}`);
  const written = Object.fromEntries(
    one.costs.map((row, k) => [classes[k]!, Object.fromEntries(row.map((cost, j) => [classes[j]!, cost]))]),
  );
  const matrix = costMatrix(classes, written);
  const probabilities = Float64Array.from(one.probabilities);
  const { decided } = leastCost(probabilities, matrix);
  expect([...decided]).toEqual(one.decided);
  const truth = { task: 'classification' as const, classes, codes: Int32Array.from(one.truth) };
  const found = costsOf(scored(truth, probabilities) as ScoredClasses, matrix);
  expect(found.usual.cost).toBeCloseTo(one.usual, 12);
  expect(found.cheapest.cost).toBeCloseTo(one.cheapest, 12);
  expect(found.expected).toBeCloseTo(one.expected, 12);
  expect(found.always).toEqual({ class: `c${one.always[0]}`, cost: expect.closeTo(one.always[1]!, 12) });
  expect([found.saved.low, found.saved.high]).toEqual(
    [one.low, one.high].map((end) => expect.closeTo(end, 9)),
  );
  expect(found.costs).toEqual(one.costs);
});

test('of two classes the decision is that of the threshold cost of a false alarm / (both costs)', () => {
  const matrix = costMatrix(['no', 'yes'], { no: { yes: 1 }, yes: { no: 4 } });
  const probabilities = Float64Array.from([0.19, 0.2001, 0.5, 0.9].flatMap((p) => [1 - p, p]));
  expect([...leastCost(probabilities, matrix).decided]).toEqual([0, 1, 1, 1]);
});

test('costs of a class that is not there, and costs that decide nothing, are refused', () => {
  const classes = ['a', 'b'];
  expect(() => costMatrix(classes, { c: { a: 2 } })).toThrow('there is no class "c"; there are "a", "b"');
  expect(() => costMatrix(classes, { a: { c: 2 } })).toThrow('there is no class "c"');
  expect(() => costMatrix(classes, { a: { b: 0 }, b: { a: 0 } })).toThrow('every decision costs the same');
});
