import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../platform/random.ts';
import type { Design, Target } from '../../../recipes/index.ts';
import { createPace } from '../../pace.ts';
import { readTreeModel } from '../../trees/tree-model.ts';
import { fitFamily } from '../testing.ts';
import { classImpurity, squaredError, type Criterion } from './criterion.ts';
import { growTree } from './grow.ts';
import { TreeParams } from './params.ts';
import { pruneTree } from './prune.ts';
import fixture from './sklearn.fixture.json' with { type: 'json' };
import { sortRows } from './sort-rows.ts';
import { splitLevels } from './split.ts';
import { tree } from './tree.ts';

const dense = (columns: readonly (readonly (number | null)[])[]): Design => ({
  rows: columns[0]?.length ?? 0,
  width: columns.length,
  blocks: [
    {
      kind: 'dense',
      names: columns.map((_, i) => `x${i}`),
      columns: columns.map((column) => Float64Array.from(column, (value) => value ?? Number.NaN)),
    },
  ],
});
const amount: Target = { task: 'regression', values: Float64Array.from(fixture.amount) };
const three: Target = {
  task: 'classification',
  classes: ['0', '1', '2'],
  codes: Int32Array.from(fixture.three),
};
const two: Target = {
  task: 'classification',
  classes: ['0', '1'],
  codes: Int32Array.from(fixture.three, (code) => (code > 0 ? 1 : 0)),
};
const limits = { min_samples_leaf: 3, min_samples_split: 7, max_depth: -1, ccp_alpha: 0 };
const noisy = { min_samples_leaf: 12, min_samples_split: 24, max_depth: 4 };
const weights = Float64Array.from(fixture.weight);

const ways: [keyof typeof fixture.cases, Design, Target, Record<string, unknown>, Float64Array?][] = [
  ['regression', dense(fixture.table), amount, { max_depth: 5 }],
  ['regression, gaps', dense(fixture.gaps), amount, {}],
  ['regression, weights', dense(fixture.table), amount, {}, weights],
  ['regression, pruned', dense(fixture.table), amount, { ccp_alpha: 0.1 }],
  ['gini', dense(fixture.table), three, noisy, weights],
  ['gini, pruned', dense(fixture.table), three, { ...noisy, ccp_alpha: 0.01 }, weights],
  ['entropy', dense(fixture.table), three, { ...noisy, criterion: 'entropy' }, weights],
  ['balanced', dense(fixture.table), three, { ...noisy, class_weight: 'balanced' }, weights],
  ['two classes', dense(fixture.table), two, noisy, weights],
];

describe(`a tree, beside ${fixture.tool}`, () => {
  it.each(ways)('%s: the same predictions', async (name, design, target, params, own) => {
    const { artifact } = await fitFamily(
      tree,
      { design, target, ...(own ? { weights: own } : {}) },
      { ...limits, ...params },
    );
    const { predictions, leaves } = fixture.cases[name];
    expect(readTreeModel(artifact).trees.leafRows).toHaveLength(leaves);
    const found = tree.predict(artifact, design);
    expect(found).toHaveLength(predictions.length);
    found.forEach((value, i) => expect(Math.abs(value - predictions[i]!)).toBeLessThan(1e-9));
  });

  it.each(['regression', 'regression, weights', 'gini', 'entropy'] as const)(
    '%s: the same pruning path',
    async (name) => {
      const [, design, target, params, own] = ways.find(([one]) => one === name)!;
      const weight = own ?? new Float64Array(design.rows).fill(1);
      const criterion: Criterion =
        target.task === 'regression'
          ? squaredError(target.values, weight)
          : classImpurity(target.codes, weight, 3, name === 'entropy' ? 'entropy' : 'gini');
      const pace = createPace(new AbortController().signal, 'training');
      const chosen = TreeParams.parse({ ...limits, ...params });
      const rows = Int32Array.from({ length: design.rows }, (_, i) => i);
      const nodes = await growTree(design, rows, criterion, chosen, pace, () => undefined);
      const { steps } = pruneTree(nodes, 0, null);
      // scikit-learn measures entropy in bits.
      const unit = name === 'entropy' ? Math.LN2 : 1;
      const { alphas, losses } = fixture.cases[name];
      expect(steps).toHaveLength(alphas.length);
      steps.forEach((step, i) => {
        expect(Math.abs(step.alpha - alphas[i]! * unit)).toBeLessThan(1e-9);
        expect(Math.abs(step.loss - losses[i]! * unit)).toBeLessThan(1e-9);
      });
    },
  );
});

it('chooses the alpha by the validation rows', async () => {
  const random = createRandom(3);
  const half = (): { design: Design; target: Target } => {
    const x = Array.from({ length: 300 }, () => random.normal());
    const y = Float64Array.from(x, (value) => (value > 0 ? 5 : 0) + random.normal());
    return { design: dense([x, x.map(() => random.normal())]), target: { task: 'regression', values: y } };
  };
  const { artifact } = await fitFamily(tree, half(), {}, { validation: half() });
  const { trees } = readTreeModel(artifact);
  // One question is all there is to know; the whole tree has dozens of leaves.
  expect(trees.leafRows.length).toBeLessThanOrEqual(4);
  expect(Math.abs(trees.thresholds[0]!)).toBeLessThan(0.1);
  const [rules] = tree.report(artifact);
  expect(rules?.rows[0]).toEqual(['all rows', 300, null]);
  expect(String(rules?.rows[1]?.[0])).toMatch(/x0 <= -?0\.0\d+ or missing|x0 <= -?0\.0\d+$/);
});

it('splits levels as well as trying every division', () => {
  const random = createRandom(9);
  for (let round = 0; round < 60; round++) {
    const levels = 3 + random.integer(5);
    const rows = 80;
    const codes = Int32Array.from({ length: rows }, () => random.integer(levels + 1) - 1);
    const values = Float64Array.from({ length: rows }, () => random.normal());
    const answer = Int32Array.from({ length: rows }, () => random.integer(3));
    const weight = new Float64Array(rows).fill(1);
    const all = Int32Array.from({ length: rows }, (_, i) => i);
    for (const criterion of [squaredError(values, weight), classImpurity(answer, weight, 3, 'gini')]) {
      criterion.start(all, 0, rows);
      const found = splitLevels(criterion, 0, levels, codes, all, 0, rows, 1);
      let best = 0;
      for (let mask = 1; mask < 2 ** levels; mask++) {
        criterion.rewind();
        all.forEach((row) => {
          if (codes[row]! >= 0 && (mask >> codes[row]!) & 1) criterion.move(row);
        });
        best = Math.max(best, criterion.gain());
      }
      expect(Math.abs((found?.gain ?? 0) - best)).toBeLessThan(1e-9);
    }
  }
});

it('sorts any numbers, missing last', () => {
  const random = createRandom(1);
  const values = Float64Array.from({ length: 4000 }, (_, i) =>
    i % 50 === 0 ? Number.NaN : random.normal() * 10 ** (random.integer(600) - 300),
  );
  values.set([0, -0, 5, 5, Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE], 10);
  const rows = Int32Array.from({ length: 4000 }, (_, i) => 3999 - i);
  const sorted = sortRows(values, rows);
  const expected = [...rows].sort((a, b) => {
    const [x, y] = [values[a]!, values[b]!];
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
    return x - y;
  });
  expect([...sorted]).toEqual(expected);
});

it('writes rules a person can read', async () => {
  const rows = 120;
  const random = createRandom(2);
  const codes = Int32Array.from({ length: rows }, () => random.integer(4) - 1);
  const size = Float64Array.from({ length: rows }, (_, i) => (i % 10 === 0 ? Number.NaN : i));
  const values = Float64Array.from(
    codes,
    (code, i) => (code === 1 ? 100 : 0) + (Number.isNaN(size[i]) ? 30 : 0),
  );
  const design: Design = {
    rows,
    width: 2,
    blocks: [
      { kind: 'codes', name: 'city', levels: ['Bonn', 'Ulm', 'Kiel'], codes },
      { kind: 'dense', names: ['size'], columns: [size] },
    ],
  };
  const { artifact } = await fitFamily(
    tree,
    { design, target: { task: 'regression', values } },
    { ccp_alpha: 1e-6, min_samples_leaf: 3, min_samples_split: 6 },
  );
  const [rules, leaves] = tree.report(artifact);
  const texts = rules?.rows.map(([text]) => String(text).trim());
  expect(texts).toContain('city is "Ulm"');
  expect(texts).toContain('city is not "Ulm"');
  expect(texts).toContain('size is missing');
  expect(leaves?.rows.map(([text]) => text)).toContain('city is not "Ulm" and size is known');
  expect(leaves?.rows.reduce((sum, row) => sum + Number(row[1]), 0)).toBe(rows);
});

it.each([
  [{ criterion: 'gini' }, amount, '"gini" is for classes'],
  [{ criterion: 'squared_error' }, three, '"squared_error" is for amounts'],
  [{ class_weight: 'balanced' }, amount, 'amounts have no classes'],
])('refuses %j by name', async (params, target, words) => {
  await expect(fitFamily(tree, { design: dense(fixture.table), target }, params)).rejects.toThrow(words);
});
