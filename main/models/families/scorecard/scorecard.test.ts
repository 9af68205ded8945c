import { describe, expect, it } from 'vitest';
import type { Design, Target } from '../../../recipes/index.ts';
import { fitFamily } from '../testing.ts';
import { scorecard } from './index.ts';
import { readScorecard } from './model.ts';
import { scores } from './predict.ts';
import fixture from './sklearn.fixture.json' with { type: 'json' };

const levels = ['a', 'b', 'c', 'd', 'e', 'f'];
const design: Design = {
  rows: fixture.age.length,
  width: 3,
  blocks: [
    {
      kind: 'dense',
      names: ['income', 'age'],
      columns: [
        Float64Array.from(fixture.income, (value) => value ?? Number.NaN),
        Float64Array.from(fixture.age),
      ],
    },
    { kind: 'codes', name: 'home', levels, codes: Int32Array.from(fixture.home) },
  ],
};
const target: Target = {
  task: 'classification',
  classes: ['bad', 'good'],
  codes: Int32Array.from(fixture.good),
};
const weights = Float64Array.from(fixture.weight);
const plain = { ...fixture.params, min_iv: 0, round: false, drop_wrong_signs: false };

function expectClose(found: Iterable<number>, expected: readonly number[]): void {
  const all = [...found];
  expect(all).toHaveLength(expected.length);
  expected.forEach((value, i) =>
    expect(Math.abs(all[i]! - value)).toBeLessThan(1e-9 * Math.max(1, Math.abs(value))),
  );
}

describe.each(fixture.cases)(`beside ${fixture.tool}: $trend, weighted $weighted`, (expected) => {
  it('has the bins of the highest information value, the coefficients, the scores', async () => {
    const { artifact } = await fitFamily(
      scorecard,
      { design, target, ...(expected.weighted ? { weights } : {}) },
      { ...plain, trend: expected.trend },
    );
    const { card, spec } = readScorecard(artifact);
    expect(card.map(({ column }) => column)).toEqual([0, 1, 2]);
    card.forEach(({ iv, woe }, c) => {
      expectClose([iv.reduce((sum, one) => sum + one, 0)], [expected.iv[c]!]);
      expectClose(woe.subarray(1), expected.woe[c]!);
    });
    expectClose([card[0]!.woe[0]!], [expected.missing]);
    expectClose(
      spec.card.map(({ coefficient }) => coefficient ?? Number.NaN),
      expected.coefficients,
    );
    expectClose(scores(artifact, design).subarray(0, 40), expected.scores);
    const probabilities = scorecard.predict(artifact, design);
    expectClose(
      expected.probabilities.map((_, row) => probabilities[2 * row + 1]!),
      expected.probabilities,
    );
  });
});

function numberIn(when: string, value: number): boolean {
  const [, low = '-Infinity'] = /above (\S+)/.exec(when) ?? [];
  const [, high = 'Infinity'] = /up to (\S+)/.exec(when) ?? [];
  return value > Number(low) && value <= Number(high);
}

it('can be worked out by hand: the points of the table add up to the score of the prediction', async () => {
  const { artifact } = await fitFamily(scorecard, { design, target });
  const [table] = scorecard.report(artifact);
  const ranges = table!.rows.map((row) => ({ column: row[0], when: String(row[1]), points: Number(row[2]) }));
  expect(ranges.every(({ points }) => Number.isInteger(points))).toBe(true);
  const probabilities = scorecard.predict(artifact, design);
  for (let row = 0; row < 60; row++) {
    const income = fixture.income[row];
    const lines = ranges.filter(({ column, when }) => {
      if (column === 'home') return when.split(', ').includes(levels[fixture.home[row]!]!);
      if (column === 'age') return when !== 'missing' && numberIn(when, fixture.age[row]!);
      return income === null || income === undefined
        ? when === 'missing'
        : when !== 'missing' && numberIn(when, income);
    });
    expect(lines).toHaveLength(3);
    const score = lines.reduce((sum, { points }) => sum + points, 0);
    const odds = 50 * 2 ** ((score - 600) / 20);
    expect(probabilities[2 * row + 1]).toBeCloseTo(odds / (1 + odds), 12);
  }
});

it('holds a trend that is given, and turns the card about for the other class', async () => {
  const { artifact } = await fitFamily(
    scorecard,
    { design, target },
    { monotone_constraints: { age: -1 }, good_class: 'bad', min_iv: 0, drop_wrong_signs: false },
  );
  const age = readScorecard(artifact).card.find(({ column }) => column === 1);
  const falling = [...age!.woe.subarray(1)];
  expect(falling).toEqual(falling.toSorted((a, b) => b - a));
  const probabilities = scorecard.predict(artifact, design);
  const all = scores(artifact, design);
  const order = [...all.keys()].sort((a, b) => all[a]! - all[b]!);
  expect(probabilities[2 * order[0]!]).toBeLessThan(probabilities[2 * order.at(-1)!]!);
});

it('gives each bin its own coefficient with "bins", and leaves columns that tell nothing out', async () => {
  const noise = Float64Array.from({ length: design.rows }, (_, row) => row % 2);
  const wide: Design = {
    ...design,
    width: 4,
    blocks: [...design.blocks, { kind: 'dense', names: ['noise'], columns: [noise] }],
  };
  const { artifact } = await fitFamily(
    scorecard,
    { design: wide, target },
    { encoding: 'bins', min_iv: 0.1 },
  );
  const { spec } = readScorecard(artifact);
  expect(spec.left_out.map(({ column }) => column)).toEqual(['noise']);
  expect(spec.card.every(({ coefficient }) => coefficient === null)).toBe(true);
  const [, values] = scorecard.report(artifact);
  expect(values!.rows.find(([name]) => name === 'noise')?.[4]).toBe('left out: it tells too little');
});

describe('a card that can not be', () => {
  it.each([
    [{ good_class: 'maybe' }, 'the classes are "bad" and "good"; "maybe" is none of them'],
    [{ monotone_constraints: { home: 1 } }, 'there is no number "home"; there are income, age'],
  ])('%j is refused with what would be right', async (params, words) => {
    await expect(fitFamily(scorecard, { design, target }, params)).rejects.toThrow(words);
  });

  it('of an amount is refused', async () => {
    const amounts: Target = { task: 'regression', values: Float64Array.from(fixture.age) };
    await expect(fitFamily(scorecard, { design, target: amounts })).rejects.toThrow(
      'a scorecard needs one of two classes',
    );
  });
});
