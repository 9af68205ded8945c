import { expect, test } from 'vitest';
import type { Trial } from '../../../preload/contract/sweeps.ts';
import { epsilonSquared, importances, midranks } from './importance.ts';
import reference from './kruskal.fixture.json' with { type: 'json' };
import { paramsAt, type FamilySpace } from './space.ts';

test.each(reference.cases)('epsilon squared goes back to the H of scipy ($h)', ({ groups, scores, h }) => {
  const k = new Set(groups).size;
  const expected = Math.max(0, (h - k + 1) / (groups.length - k));
  expect(epsilonSquared(groups, midranks(scores))).toBeCloseTo(expected, 12);
});

const space: FamilySpace = {
  family: 'boosting',
  dimensions: [
    { param: 'noise', kind: 'number', from: 0, to: 1, scale: 'linear' },
    { param: 'rate', kind: 'number', from: 0.001, to: 1, scale: 'log' },
  ],
  resource: null,
};

function trials(count: number): Trial[] {
  return Array.from({ length: count }, (_, i) => {
    const params = paramsAt(space, [((i * 7) % count) / count, i / count]) as Trial['params'];
    return {
      trial: i + 1,
      run: `run_${i}`,
      family: 'boosting',
      params,
      score: i,
      scores: [],
      seconds: 1,
      error: null,
    };
  });
}

test('the parameter that decides comes first, with nearly all; the other has nearly nothing', () => {
  const [first, second] = importances([space], trials(40));
  expect(first?.param).toBe('rate');
  expect(first?.share).toBeGreaterThan(0.9);
  expect(second?.share).toBeLessThan(0.1);
});

test('of a few trials nothing is said', () => {
  expect(importances([space], trials(7))).toEqual([]);
});
