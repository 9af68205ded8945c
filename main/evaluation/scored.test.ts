import { expect, it } from 'vitest';
import { createRandom } from '../platform/random.ts';
import { evaluate } from './index.ts';
import { areaUnderRoc } from './metrics/rankings.ts';
import { scored } from './scored.ts';

it('refuses predictions that are not finite, naming the row', () => {
  const values = Float64Array.of(1, 2, 3);
  expect(() =>
    evaluate({ target: { task: 'regression', values }, predictions: Float64Array.of(1, Number.NaN, 3) }),
  ).toThrow("the model predicts NaN for row 2, which can't be scored; a finite number was expected");
  const target = { task: 'classification' as const, classes: ['a', 'b'], codes: Int32Array.of(0, 1) };
  expect(() => evaluate({ target, predictions: Float64Array.of(0.5, 0.5, Infinity, 0) })).toThrow(
    'the model predicts Infinity for row 2',
  );
});

it('ranks as counting every pair does, ties counting half', () => {
  const random = createRandom(3);
  for (let trial = 0; trial < 50; trial++) {
    const rows = 2 + random.integer(40);
    const codes = Int32Array.from({ length: rows }, (_, i) => (i < 2 ? i : random.integer(2)));
    // Few distinct values, -0 and 0 among them: many ties.
    const scores = Array.from({ length: rows }, () => [-0, 0, 0.25, 0.5, 1][random.integer(5)]!);
    const predictions = Float64Array.from(scores.flatMap((p) => [1 - p, p]));
    const ranked = scored({ task: 'classification', classes: ['n', 'y'], codes }, predictions);
    let wins = 0;
    let pairs = 0;
    codes.forEach((one, i) => {
      codes.forEach((other, j) => {
        if (one !== 1 || other !== 0) return;
        pairs++;
        const lead = scores[i]! - scores[j]!;
        wins += lead > 0 ? 1 : lead < 0 ? 0 : 0.5;
      });
    });
    const area = ranked.task === 'classification' ? areaUnderRoc(ranked.ranked[1]!) : Number.NaN;
    expect(area).toBeCloseTo(wins / pairs, 12);
  }
});
