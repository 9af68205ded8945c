import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../platform/random.ts';
import type { Design, Target } from '../../../recipes/index.ts';
import { fitFamily } from '../testing.ts';
import fixture from './covering.fixture.json' with { type: 'json' };
import { rules } from './index.ts';
import { readRules } from './model.ts';
import { decidingRules } from './predict.ts';

const rows = fixture.age.length;
const design: Design = {
  rows,
  width: 3,
  blocks: [
    {
      kind: 'dense',
      names: ['size', 'age'],
      columns: [
        Float64Array.from(fixture.size, (value) => value ?? Number.NaN),
        Float64Array.from(fixture.age),
      ],
    },
    { kind: 'codes', name: 'kind', levels: ['a', 'b', 'c', 'd', 'e'], codes: Int32Array.from(fixture.kind) },
  ],
};
const amount: Target = { task: 'regression', values: Float64Array.from(fixture.amount) };
const two: Target = { task: 'classification', classes: ['no', 'yes'], codes: Int32Array.from(fixture.two) };
const weights = Float64Array.from(fixture.weight);
const plain = { ...fixture.params, max_conditions: 1, coverage: 1, prune: false };

const numbers = (columns: Readonly<Record<string, readonly number[]>>): Design => ({
  rows: Object.values(columns)[0]?.length ?? 0,
  width: Object.keys(columns).length,
  blocks: [
    {
      kind: 'dense',
      names: Object.keys(columns),
      columns: Object.values(columns).map((values) => Float64Array.from(values)),
    },
  ],
});

describe(`beside every condition tried with ${fixture.tool}`, () => {
  it.each([
    ['amounts', amount, fixture.regression],
    ['classes', two, fixture.classes],
  ] as const)('%s: the same rules', async (_, target, expected) => {
    const { artifact } = await fitFamily(rules, { design, target, weights }, plain);
    const { spec } = readRules(artifact);
    expect(spec.rules.map((rule) => [rule.rows, rule.alone])).toEqual(
      expected.map((rule) => [rule.rows, rule.alone]),
    );
    const deciding = decidingRules(artifact, design);
    const predictions = rules.predict(artifact, design);
    const outputs = Math.max(1, artifact.classes.length);
    const wrong = Array.from(deciding).filter((rule, row) =>
      expected[rule]!.value.some((value, k) => Math.abs(predictions[row * outputs + k]! - value) > 1e-9),
    );
    expect(wrong).toEqual([]);
  });
});

it('finds a box of two conditions that neither shows alone so well, and says it in words', async () => {
  const random = createRandom(4);
  const a = Array.from({ length: 600 }, () => random.integer(10));
  const b = Array.from({ length: 600 }, () => random.integer(10));
  const inside = a.map((value, i) => value > 6 && b[i]! <= 3);
  const target: Target = {
    task: 'classification',
    classes: ['no', 'yes'],
    codes: Int32Array.from(inside, (hit) => (hit ? 1 : 0)),
  };
  const { artifact } = await fitFamily(rules, { design: numbers({ a, b }), target });
  const [table] = rules.report(artifact);
  const count = inside.filter(Boolean).length;
  expect(table!.rows[0]!.slice(0, 5)).toEqual([1, 'a > 6.5 and b <= 3.5', 'yes', 1, count]);
  expect(table!.rows[1]!.slice(1, 5)).toEqual(['otherwise', 'no', 1, 600 - count]);
});

it('keeps as many rules as the validation rows bear out', async () => {
  const random = createRandom(8);
  const noise = numbers({ x: Array.from({ length: 400 }, () => random.normal()) });
  const answers = (): Target => ({
    task: 'regression',
    values: Float64Array.from({ length: 400 }, () => random.normal()),
  });
  const train = { design: noise, target: answers() };
  const kept = async (prune: boolean): Promise<number> => {
    const { artifact } = await fitFamily(
      rules,
      train,
      { prune },
      { validation: { ...train, target: answers() } },
    );
    return readRules(artifact).spec.rules.length - 1;
  };
  expect(await kept(false)).toBeGreaterThan(3);
  expect(await kept(true)).toBeLessThan(2);
});

it('can ask whether a value is missing', async () => {
  const x = Array.from({ length: 200 }, (_, i) => (i % 4 === 0 ? Number.NaN : i % 7));
  const target: Target = {
    task: 'regression',
    values: Float64Array.from(x, (value) => (Number.isNaN(value) ? 10 : 1)),
  };
  const { artifact } = await fitFamily(rules, { design: numbers({ x }), target });
  const [table] = rules.report(artifact);
  expect(table!.rows.map((row) => [row[1], row[2]])).toEqual([
    ['x is missing', 10],
    ['otherwise', 1],
  ]);
});

it('refuses class weights for amounts', async () => {
  await expect(fitFamily(rules, { design, target: amount }, { class_weight: 'balanced' })).rejects.toThrow(
    'amounts have no classes; use none',
  );
});
