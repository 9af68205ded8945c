import { describe, expect, test } from 'vitest';
import { createRandom } from '../../platform/random.ts';
import type { Judged, SearchPlan } from '../sweeps/search.ts';
import { placeOf, type FamilySpace } from '../sweeps/space.ts';
import { searches } from './index.ts';

const spaces: readonly FamilySpace[] = [
  { family: 'plain', dimensions: [], resource: null },
  {
    family: 'curve',
    dimensions: [
      { param: 'x', kind: 'number', from: -5, to: 10, scale: 'linear' },
      { param: 'y', kind: 'number', from: 0.001, to: 10, scale: 'log' },
      { param: 'n', kind: 'integer', from: 1, to: 9, scale: 'linear' },
    ],
    resource: { param: 'rounds', from: 4, to: 100 },
  },
  {
    family: 'choice',
    dimensions: [{ param: 'form', kind: 'choice', values: ['a', 'b', [1, 2]] }],
    resource: null,
  },
];
const plan: SearchPlan = { spaces, seed: 11, runs: 90 };

/** Some loss for a proposal; now and then a failure. */
function lossOf(family: string, params: Readonly<Record<string, unknown>>): number | null {
  const text = JSON.stringify([family, params]);
  let hash = 7;
  for (const letter of text) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0;
  const value = createRandom(hash).uniform();
  return value < 0.1 ? null : value;
}

/** The first trials of a sweep, each with the results it may wait for and no more. */
function trialsOf(search: (typeof searches)[number], of: SearchPlan, count: number): Judged[] {
  const results: Judged[] = [];
  for (let number = 0; number < count; number++) {
    const proposal = search.propose(number, of, results.slice(0, search.waitsFor(number, of)));
    if (!proposal) break;
    results.push({ ...proposal, loss: lossOf(proposal.family, proposal.params) });
  }
  return results;
}

function isWithin(family: string, param: string, value: unknown): boolean {
  const space = spaces.find((one) => one.family === family);
  if (param === space?.resource?.param) return Number(value) >= 4 && Number(value) <= 100;
  const dimension = space?.dimensions.find((one) => one.param === param);
  if (!dimension) return false;
  if (dimension.kind === 'choice') return placeOf(dimension, value) >= 0;
  const whole = dimension.kind === 'number' || Number.isInteger(value);
  return whole && Number(value) >= dimension.from && Number(value) <= dimension.to;
}

describe.each(searches.map((search) => [search.id, search] as const))('%s', (_, search) => {
  const trials = trialsOf(search, plan, 90);

  test('never waits for itself or what comes after, and never less than before', () => {
    let last = 0;
    for (let number = 0; number < 300; number++) {
      const needed = search.waitsFor(number, plan);
      expect(needed).toBeGreaterThanOrEqual(last);
      expect(needed).toBeLessThanOrEqual(number);
      last = needed;
    }
  });

  test('a trial depends on its number and the results before it alone: asked again, in any order, it is the same', () => {
    for (const number of [80, 3, 41, 17, 0, 66]) {
      const proposal = trials[number];
      if (!proposal) continue;
      const again = search.propose(number, { ...plan }, trials.slice(0, search.waitsFor(number, plan)));
      expect(again).toEqual({ family: proposal.family, params: proposal.params });
    }
  });

  test('stays within the space', () => {
    expect(trials.length).toBeGreaterThan(8);
    const wrong = trials.filter(({ family, params }) =>
      Object.entries(params).some(([param, value]) => !isWithin(family, param, value)),
    );
    expect(wrong).toEqual([]);
  });

  test('tries every family, and another seed tries other things', () => {
    expect(new Set(trials.map(({ family }) => family))).toEqual(new Set(['plain', 'curve', 'choice']));
    expect(trialsOf(search, { ...plan, seed: 12 }, 60)).not.toEqual(trials.slice(0, 60));
  });

  test('ends by itself where nothing can be varied', () => {
    const bare = { ...plan, spaces: [{ family: 'plain', dimensions: [], resource: null }] };
    expect(trialsOf(search, bare, 50).length).toBe(1);
  });
});

test('a grid is every combination once', () => {
  const grid = searches.find(({ id }) => id === 'grid');
  if (!grid) throw new Error('no grid');
  const trials = trialsOf(grid, plan, 90);
  expect(trials.length).toBe(1 + 27 + 3);
  expect(new Set(trials.map(({ family, params }) => JSON.stringify([family, params]))).size).toBe(31);
});

const bare = ({ params }: Judged): unknown => ({ ...params, rounds: 0 });

describe.each(['halving', 'hyperband'])('%s', (id) => {
  test('the best third of a rung goes on with three times the work, ties by number', () => {
    const search = searches.find((one) => one.id === id);
    const [, curve] = spaces;
    if (!search || !curve) throw new Error(`no ${id}`);
    const one: SearchPlan = { spaces: [curve], seed: 3, runs: 40 };
    const results: Judged[] = [];
    for (let number = 0; number < 40; number++) {
      const proposal = search.propose(number, one, results.slice(0, search.waitsFor(number, one)));
      if (!proposal) throw new Error('it ended');
      results.push({ ...proposal, loss: Math.round(Number(proposal.params['x'] ?? 0)) });
    }
    const rounds = results.map(({ params }) => params['rounds']);
    expect(rounds).toEqual([
      ...Array<number>(27).fill(4),
      ...Array<number>(9).fill(11),
      ...Array<number>(3).fill(33),
      100,
    ]);
    const best = results
      .slice(0, 27)
      .toSorted((a, b) => (a.loss ?? 0) - (b.loss ?? 0))
      .slice(0, 9);
    expect(results.slice(27, 36).map(bare)).toEqual(best.map(bare));
  });
});

/** Branin's function (minimum 0.397887), with a third parameter that does nothing and a family that is always worse. */
function branin(family: string, { x = 2.5, y = 7.5 }: Readonly<Record<string, unknown>>): number {
  const [a, b] = [Number(x), Number(y)];
  const bowl = b - (5.1 / (4 * Math.PI ** 2)) * a ** 2 + (5 / Math.PI) * a - 6;
  const value = bowl ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(a) + 10;
  return family === 'worse' ? value + 50 : value;
}

test('TPE finds better values of a known function than random draws with the same number of trials', () => {
  const dimensions: FamilySpace['dimensions'] = [
    { param: 'x', kind: 'number', from: -5, to: 10, scale: 'linear' },
    { param: 'y', kind: 'number', from: 0, to: 15, scale: 'linear' },
    { param: 'idle', kind: 'choice', values: [1, 2, 3] },
  ];
  const two: readonly FamilySpace[] = ['better', 'worse'].map((family) => ({
    family,
    dimensions,
    resource: null,
  }));
  const bestOf = (id: string, seed: number): number => {
    const search = searches.find((one) => one.id === id);
    if (!search) throw new Error(`no ${id}`);
    const of: SearchPlan = { spaces: two, seed, runs: 60 };
    const results: Judged[] = [];
    for (let number = 0; number < 60; number++) {
      const proposal = search.propose(number, of, results.slice(0, search.waitsFor(number, of)));
      if (!proposal) break;
      results.push({ ...proposal, loss: branin(proposal.family, proposal.params) });
    }
    return Math.min(...results.map(({ loss }) => loss ?? Infinity));
  };
  const seeds = Array.from({ length: 20 }, (_, seed) => seed);
  const wins = seeds.filter((seed) => bestOf('tpe', seed) < bestOf('random', seed)).length;
  const mean = (id: string): number => seeds.reduce((sum, seed) => sum + bestOf(id, seed), 0) / seeds.length;
  expect(wins).toBeGreaterThanOrEqual(15);
  expect(mean('tpe') - 0.397887).toBeLessThan((mean('random') - 0.397887) / 2);
});
