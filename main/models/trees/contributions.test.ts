import { describe, expect, it } from 'vitest';
import { noLightgbm } from '../../platform/lightgbm/testing.ts';
import { createRandom } from '../../platform/random.ts';
import type { Design, Target } from '../../recipes/index.ts';
import { familyById } from '../families/index.ts';
import { fitFamily } from '../families/testing.ts';
import { treeContributions } from './contributions.ts';
import { treeColumns } from './layout.ts';
import { treeScores } from './scores.ts';
import { readTreeModel } from './tree-model.ts';

const random = createRandom(4);
const rows = 400;
const number = Float64Array.from({ length: rows }, () =>
  random.uniform() < 0.1 ? Number.NaN : random.normal(),
);
const codes = Int32Array.from({ length: rows }, () => random.integer(41) - 1);
const shape = Int32Array.from({ length: rows }, () => random.integer(4) - 1);
const signal = number.map(
  (value, i) => (Number.isNaN(value) ? 1 : value) + ((codes[i]! * 7) % 5) + shape[i]! / 2,
);
const design: Design = {
  rows,
  width: 5,
  blocks: [
    { kind: 'dense', names: ['x'], columns: [number] },
    { kind: 'codes', name: 'k', levels: Array.from({ length: 40 }, (_, i) => `l${i}`), codes },
    { kind: 'one-hot', name: 's', levels: ['a', 'b', 'c'], codes: shape },
  ],
};
const classesOf = (count: number): Target => ({
  task: 'classification',
  classes: ['a', 'b', 'c'].slice(0, count),
  codes: Int32Array.from(signal, (value) => Math.min(count - 1, Math.max(0, Math.floor(value)))),
});
const targets: [string, Target][] = [
  ['amounts', { task: 'regression', values: signal }],
  ['two classes', classesOf(2)],
  ['three classes', classesOf(3)],
];

describe.skipIf(noLightgbm !== undefined).each(['tree', 'forest', 'boosting'])(
  'contributions of %s',
  (id) => {
    it.each(targets)('add up to the score: %s', async (_, target) => {
      const params = id === 'tree' ? { ccp_alpha: 0 } : { n_estimators: 15 };
      const { artifact } = await fitFamily(familyById(id), { design, target }, params);
      const { spec, trees } = readTreeModel(artifact);
      const scores = treeScores(trees, treeColumns(design), rows);
      let turns = 0;
      const found = await treeContributions(artifact, design, async () => void turns++);
      expect(turns).toBeGreaterThan(0);
      expect(found.values).toHaveLength(rows * trees.outputs * 5);
      scores.forEach((score, i) => {
        const parts = found.values.subarray(i * 5, (i + 1) * 5);
        const sum = parts.reduce((all, part) => all + part, found.expected[i % trees.outputs]!);
        expect(
          Math.abs(sum - (score / spec.outcome.divisor) * spec.outcome.scale - spec.outcome.shift),
        ).toBeLessThan(1e-9);
      });
    });
  },
);
