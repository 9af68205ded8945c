import { describe, expect, it } from 'vitest';
import type { Design, Target } from '../../../recipes/index.ts';
import { fitFamily } from '../testing.ts';
import fixture from './elastic.fixture.json' with { type: 'json' };
import { linear } from './index.ts';
import source from './linear.fixture.json' with { type: 'json' };

const design: Design = {
  rows: source.y.length,
  width: 7,
  blocks: [
    {
      kind: 'dense',
      names: ['age', 'size', 'rooms'],
      columns: fixture.dense.map((column) => Float64Array.from(column)),
    },
    { kind: 'one-hot', name: 'city', levels: ['a', 'b', 'c', 'd'], codes: Int32Array.from(source.city) },
  ],
};
const amounts: Target = { task: 'regression', values: Float64Array.from(source.y) };
const classesOf = (which: string): Target => {
  const two = which === 'binary';
  const classes = two ? ['no', 'yes'] : ['p', 'q', 'r'];
  return { task: 'classification', classes, codes: Int32Array.from(two ? source.binary : source.multi) };
};

function farthest(found: ArrayLike<number>, expected: readonly number[]): number {
  return Math.max(...expected.map((value, i) => Math.abs(value - (found[i] ?? Number.NaN))));
}

const named = (ratio: number) =>
  ratio === 1 ? { penalty: 'l1' } : { penalty: 'elasticnet', l1_ratio: ratio };

describe.each(fixture.regression)('alpha $alpha, l1_ratio $ratio', (expected) => {
  it('agrees with scikit-learn ElasticNet, zeros included', async () => {
    const { artifact, notes } = await fitFamily(
      linear,
      { design, target: amounts },
      { alpha: expected.alpha, ...named(expected.ratio) },
    );
    const coefficients = artifact.tensors['coefficients']!.data;
    expect(farthest(coefficients, expected.coefficients)).toBeLessThan(1e-6);
    expect(farthest(artifact.tensors['intercepts']!.data, [expected.intercept])).toBeLessThan(1e-6);
    expect([...coefficients].map((value) => value === 0)).toEqual(
      expected.coefficients.map((value) => value === 0),
    );
    expect(notes.join(' ')).not.toContain('not converged');
    expect(linear.report(artifact)[0]!.rows.every((row) => row[2] === null)).toBe(true);
  });
});

describe.each(fixture.classes)('$target, C $C, l1_ratio $ratio', (expected) => {
  it('agrees with scikit-learn LogisticRegression by saga', async () => {
    const target = classesOf(expected.target);
    const { artifact, notes } = await fitFamily(
      linear,
      { design, target },
      { C: expected.C, ...named(expected.ratio) },
    );
    const { data } = artifact.tensors['coefficients']!;
    expect(farthest(data, expected.coefficients)).toBeLessThan(1e-6);
    expect(farthest(linear.predict(artifact, design), expected.probabilities)).toBeLessThan(1e-6);
    expect(notes.join(' ')).not.toContain('not converged');
  });
});

it('says when the penalty leaves nothing', async () => {
  const { notes } = await fitFamily(linear, { design, target: amounts }, { penalty: 'l1', alpha: 1e9 });
  expect(notes).toEqual([
    'every coefficient is 0: the penalty is too strong for this data, and the same is predicted for every row',
  ]);
});

it('is not moved by the size of a column or of the target', async () => {
  const stretched: Design = {
    ...design,
    blocks: design.blocks.map((block) =>
      block.kind === 'dense'
        ? { ...block, columns: block.columns.map((column, d) => column.map((v) => (d === 0 ? v * 1e8 : v))) }
        : block,
    ),
  };
  const target: Target = { task: 'regression', values: Float64Array.from(source.y, (value) => value * 1e6) };
  const plain = await fitFamily(linear, { design, target: amounts }, { penalty: 'l1', alpha: 1e-6 });
  const large = await fitFamily(linear, { design: stretched, target }, { penalty: 'l1', alpha: 1e-6 });
  const expected = [...linear.predict(plain.artifact, design)];
  const found = linear.predict(large.artifact, stretched).map((value) => value / 1e6);
  expect(farthest(found, expected)).toBeLessThan(1e-4);
});
