import { describe, expect, it } from 'vitest';
import { openLightgbm } from '../../../platform/lightgbm/index.ts';
import { noLightgbm } from '../../../platform/lightgbm/testing.ts';
import type { Design, Target } from '../../../recipes/index.ts';
import type { Labelled } from '../../family.ts';
import { treeContributions } from '../../trees/contributions.ts';
import { treeColumns } from '../../trees/layout.ts';
import { writeLightgbm } from '../../trees/lightgbm-text.ts';
import { fillBlock } from '../../../platform/lightgbm/index.ts';
import { readTreeModel } from '../../trees/tree-model.ts';
import { fitFamily } from '../testing.ts';
import { boosting } from './boosting.ts';
import fixture from './lightgbm.fixture.json' with { type: 'json' };

const levels = Array.from({ length: 12 }, (_, i) => `kind ${i}`);

function designOf(numbers: readonly (readonly (number | null)[])[], kind: readonly number[]): Design {
  return {
    rows: kind.length,
    width: 4,
    blocks: [
      {
        kind: 'dense',
        names: ['a', 'b', 'c'],
        columns: numbers.map((column) => Float64Array.from(column, (value) => value ?? Number.NaN)),
      },
      { kind: 'codes', name: 'kind', levels, codes: Int32Array.from(kind) },
    ],
  };
}

const design = designOf(fixture.numbers, fixture.kind);
const asked = designOf(fixture.asked.numbers, fixture.asked.kind);
const amounts = (values: readonly number[]): Target => ({
  task: 'regression',
  values: Float64Array.from(values),
});
const classes = (codes: readonly number[], labels: string[]): Target => ({
  task: 'classification',
  classes: labels,
  codes: Int32Array.from(codes),
});
const weights = Float64Array.from(fixture.weight);

const ways: [keyof typeof fixture.cases, Target, Record<string, unknown>, Float64Array?][] = [
  ['regression', amounts(fixture.amount), {}],
  [
    'depth and penalties',
    amounts(fixture.amount),
    { max_depth: 3, reg_alpha: 0.5, reg_lambda: 2, min_split_gain: 1, min_child_samples: 7 },
  ],
  ['weights', amounts(fixture.amount), {}, weights],
  ['monotone', amounts(fixture.amount), { monotone_constraints: { a: 1, c: -1 } }],
  ['draws', amounts(fixture.amount), { subsample: 0.6, colsample_bytree: 0.7 }],
  ['regression_l1', amounts(fixture.amount), { objective: 'regression_l1' }],
  ['huber', amounts(fixture.amount), { objective: 'huber' }],
  ['quantile', amounts(fixture.amount), { objective: 'quantile', alpha: 0.2 }],
  ['poisson', amounts(fixture.count), { objective: 'poisson' }],
  ['gamma', amounts(fixture.amount), { objective: 'gamma' }],
  ['tweedie', amounts(fixture.often_zero), { objective: 'tweedie', tweedie_variance_power: 1.3 }],
  [
    'binary',
    classes(
      fixture.three.map((code) => (code > 0 ? 1 : 0)),
      ['no', 'yes'],
    ),
    {},
  ],
  ['multiclass', classes(fixture.three, ['low', 'mid', 'high']), {}],
];

const none: Labelled = { design: designOf([[], [], []], []), target: amounts([]) };

async function fit(target: Target, params: Record<string, unknown>, own?: Float64Array) {
  return fitFamily(
    boosting,
    { design, target, ...(own ? { weights: own } : {}) },
    { n_estimators: 25, min_data_per_group: 10, cat_smooth: 2, num_threads: 1, ...params },
    { seed: 3, validation: none },
  );
}

describe.skipIf(noLightgbm !== undefined)(`boosting, beside ${fixture.tool}`, () => {
  it.each(ways)('%s: the same predictions and contributions', async (name, target, params, own) => {
    const { artifact } = await fit(target, params, own);
    const expected = fixture.cases[name];
    const found = boosting.predict(artifact, asked);
    // Of two classes Python gives the second alone.
    const ours = name === 'binary' ? found.filter((_, i) => i % 2 === 1) : found;
    expect(worst(ours, expected.predictions)).toBeLessThan(1e-12);
    const {
      outputs,
      values,
      expected: base,
    } = await treeContributions(artifact, asked, async () => undefined);
    const flat = expected.contributions.flatMap((value, i) => (i % 5 === 4 ? [] : [value]));
    expect(worst(values.subarray(0, 6 * outputs * 4), flat)).toBeLessThan(1e-9);
    expect(
      worst(
        base,
        expected.contributions.slice(0, 5 * outputs).filter((_, i) => i % 5 === 4),
      ),
    ).toBeLessThan(1e-9);
  });

  it.each(ways)(
    '%s: LightGBM itself says the same of the model, and contributions add up',
    async (_, target, params, own) => {
      const { artifact } = await fit(target, params, own);
      const { trees, spec } = readTreeModel(artifact);
      const engine = await openLightgbm();
      const block = new Float64Array(asked.rows * 4);
      fillBlock(block, treeColumns(asked), 0, asked.rows);
      const size = { rows: asked.rows, features: 4, outputs: trees.outputs };
      const theirs = engine.scores(writeLightgbm(trees, 4), block, size);
      const { values, expected, outputs } = await treeContributions(artifact, asked, async () => undefined);
      const sums = Float64Array.from({ length: asked.rows * outputs }, (__, i) =>
        values.subarray(i * 4, (i + 1) * 4).reduce((sum, value) => sum + value, expected[i % outputs]!),
      );
      expect(worst(sums, theirs)).toBeLessThan(1e-9);
      const predictions = boosting.predict(artifact, asked);
      const link = {
        identity: (x: number) => x,
        log: Math.exp,
        logit: (x: number) => 1 / (1 + Math.exp(-x)),
      };
      if (spec.outcome.link === 'softmax' || spec.outcome.link === 'shares') return;
      const ours = spec.outcome.link === 'logit' ? predictions.filter((__, i) => i % 2 === 1) : predictions;
      expect(worst(ours, theirs.map(link[spec.outcome.link]))).toBeLessThan(1e-12);
    },
  );

  it('is the same with any number of threads', async () => {
    const one = await fit(amounts(fixture.amount), { num_threads: 1 });
    const two = await fit(amounts(fixture.amount), { num_threads: 2 });
    expect(two.artifact).toEqual(one.artifact);
    expect(two.engine.detail).toContain('2 threads');
  });

  it('stops early, and keeps the best', async () => {
    const { history, notes, artifact } = await fitFamily(
      boosting,
      { design, target: amounts(fixture.amount) },
      { n_estimators: 400, early_stopping_rounds: 10 },
      { validation: { design, target: amounts(fixture.amount.toReversed()) } },
    );
    expect(history.length).toBeLessThan(400);
    const lowest = Math.min(...history.map((point) => point['val_loss'] ?? Infinity));
    const best = history.findIndex((point) => point['val_loss'] === lowest) + 1;
    expect(readTreeModel(artifact).trees.roots).toHaveLength(best);
    expect(notes.join()).toContain(`iteration ${best}`);
  });

  it('holds a monotone feature to its way', async () => {
    const { artifact } = await fit(amounts(fixture.amount), { monotone_constraints: { a: 1 } });
    const sweep = Float64Array.from({ length: 50 }, (_, i) => i / 10 - 2.5);
    const still = new Float64Array(50).fill(0.3);
    const path = boosting.predict(artifact, {
      rows: 50,
      width: 4,
      blocks: [
        { kind: 'dense', names: ['a', 'b', 'c'], columns: [sweep, still, still] },
        { kind: 'codes', name: 'kind', levels, codes: new Int32Array(50) },
      ],
    });
    expect(path.every((value, i) => i === 0 || value >= path[i - 1]!)).toBe(true);
  });

  it.each([
    [
      { objective: 'gamma' },
      amounts(fixture.often_zero),
      'objective: "gamma" needs targets of more than 0; there is 0',
    ],
    [{ objective: 'poisson' }, amounts(fixture.amount.map((v) => -v)), 'needs targets of at least 0'],
    [{ objective: 'poisson' }, classes(fixture.three, ['a', 'b', 'c']), '"poisson" is for amounts'],
    [
      { monotone_constraints: { d: 1 } },
      amounts(fixture.amount),
      'there is no number feature "d"; there are a, b, c',
    ],
    [{ monotone_constraints: { kind: 1 } }, amounts(fixture.amount), '"kind" is a category'],
    [
      { monotone_constraints: { a: 1 } },
      classes(fixture.three, ['a', 'b', 'c']),
      'with 3 classes no feature',
    ],
    [{ class_weight: 'balanced' }, amounts(fixture.amount), 'amounts have no classes'],
    [
      { objective: 'quantile', monotone_constraints: { a: 1 } },
      amounts(fixture.amount),
      'not possible with the objective "quantile"',
    ],
  ])('refuses %j by name', async (params, target, words) => {
    await expect(fit(target, params)).rejects.toThrow(words);
  });

  it.each([1e30, 1e-30, 1])('learns targets of size %d as well as others', async (size) => {
    const far = size === 1 ? 1e9 : 0;
    const target = amounts(fixture.amount.map((value) => value * size + far));
    const plain = await fit(amounts(fixture.amount), {});
    const { artifact } = await fit(target, {});
    const expected = boosting.predict(plain.artifact, design).map((value) => value * size + far);
    const found = boosting.predict(artifact, design);
    const spread = size * 10;
    // Bins, and so splits, are the same; single precision is used in another place.
    const off = found.map((value, i) => Math.abs(value - expected[i]!) / spread).toSorted();
    expect(off[off.length >> 1]).toBeLessThan(1e-4);
  });
});

/** Largest difference, relative for values beyond 1. */
function worst(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(found.length).toBe(expected.length);
  return Array.from(found).reduce(
    (most, value, i) => Math.max(most, Math.abs(value - expected[i]!) / Math.max(1, Math.abs(expected[i]!))),
    0,
  );
}
