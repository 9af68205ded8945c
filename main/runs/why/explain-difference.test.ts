import { expect, test } from 'vitest';
import { Failure } from '../../../preload/contract/errors.ts';
import { buildTestApp } from '../../testing/build-app.ts';

const sacramento = new URL('../../../resources/samples/sacramento.csv', import.meta.url).pathname;

async function withHouses() {
  const { client } = await buildTestApp();
  await client.datasets.import({ path: sacramento, name: 'houses' });
  const train = async (recipe: Record<string, unknown>) => (await client.training.run({ recipe })).run;
  return { client, train };
}

const linear = { target: 'price', family: 'linear', params: { alpha: 1000 } };
const steps = ['impute', 'scale', 'one-hot'];

test('a walk over runs that differ in one thing each tells which change came with which', async () => {
  const { client, train } = await withHouses();
  const first = await train({ ...linear, steps });
  const smaller = await train({ ...linear, params: { alpha: 1 }, steps });
  const last = await train({ ...linear, params: { alpha: 1 }, steps, exclude: ['city'] });
  // Not on the way: another alpha.
  await train({ ...linear, params: { alpha: 50 }, steps });
  const { why } = await client.runs.why({ a: first.id, b: last.id });
  const value = (run: typeof first) => run.metrics?.test['mean_absolute_error'] ?? Number.NaN;
  expect(why).toMatchObject({
    metric: 'test.mean_absolute_error',
    direction: 'lower',
    a: { run: first.id, value: value(first) },
    b: { run: last.id, value: value(last) },
    outcome: value(last) < value(first) ? 'better' : 'worse',
    sameRows: true,
    also: [],
    // What the walk itself tells is not told again.
    elsewhere: [],
    noise: null,
  });
  expect(why.steps.map(({ from, to, changes }) => [from, to, changes])).toEqual([
    [first.id, smaller.id, [{ kind: 'parameter', what: 'alpha', before: '1000', after: '1' }]],
    [smaller.id, last.id, [{ kind: 'recipe', what: 'features', before: 'city', after: null }]],
  ]);
  expect(why.steps.map(({ before, after }) => [before, after])).toEqual([
    [value(first), value(smaller)],
    [value(smaller), value(last)],
  ]);
});

test('changes that no run tells apart stand in one step, and another family is one change', async () => {
  const { client, train } = await withHouses();
  const a = await train({ ...linear, steps });
  const b = await train({ ...linear, params: { alpha: 1 }, steps, exclude: ['city', 'zip'], seed: 3 });
  const { why } = await client.runs.why({ a: a.id, b: b.id });
  expect(why.steps).toHaveLength(1);
  expect(why.steps[0]?.changes.map(({ what, kind }) => [kind, what])).toEqual([
    ['seed', 'seed'],
    ['recipe', 'features'],
    ['parameter', 'alpha'],
  ]);
  expect(why.sameRows).toBe(false);
  const tree = await train({ target: 'price', family: 'tree', steps });
  const { why: family } = await client.runs.why({ a: a.id, b: tree.id });
  expect(family.steps.map(({ changes }) => changes)).toEqual([
    [{ kind: 'family', what: 'family', before: 'linear', after: 'tree' }],
  ]);
});

test('what the seed alone brings, and what the same change brought elsewhere, are told beside it', async () => {
  const { client, train } = await withHouses();
  const tried = (alpha: number, seed: number) => train({ ...linear, params: { alpha }, steps, seed });
  const [a, b] = [await tried(1000, 1), await tried(1, 1)];
  const others = [await tried(1000, 2), await tried(1, 2), await tried(1000, 3), await tried(1, 3)];
  const { why } = await client.runs.why({ a: a.id, b: b.id, metric: 'r2' });
  const r2 = (run: typeof a | undefined) => run?.metrics?.test['r2'] ?? Number.NaN;
  const pairs = [others.slice(0, 2), others.slice(2)];
  expect(why.elsewhere).toEqual([
    {
      change: { kind: 'parameter', what: 'alpha', before: '1000', after: '1' },
      better: pairs.filter(([from, to]) => r2(to) > r2(from)).length,
      worse: pairs.filter(([from, to]) => r2(to) < r2(from)).length,
      same: 0,
    },
  ]);
  // Pooled over both alphas: 2.8 times the root of the mean squared deviation with 2 + 2 degrees of freedom.
  const deviations = [[a, others[0], others[2]], [b, others[1], others[3]]].flatMap((runs) => {
    const mean = runs.reduce((sum, run) => sum + r2(run), 0) / runs.length;
    return runs.map((run) => (r2(run) - mean) ** 2);
  }); // prettier-ignore
  expect(why.noise?.runs).toBe(6);
  expect(why.noise?.limit).toBeCloseTo(
    2.8 * Math.sqrt(deviations.reduce((sum, one) => sum + one, 0) / 4),
    12,
  );
});

test('runs that can’t be held against each other are refused with the reason', async () => {
  const { client, train } = await withHouses();
  const price = await train(linear);
  const size = await train({ ...linear, target: 'sqft' });
  // Sealed test rows leave the validation rows to compare by.
  const [one, two] = [
    await train({ ...linear, split: { sealed: true } }),
    await train({ ...linear, params: { alpha: 1 }, split: { sealed: true } }),
  ];
  expect((await client.runs.why({ a: one.id, b: two.id })).why.metric).toBe('validation.mean_absolute_error');
  const error: unknown = await client.runs
    .why({ a: price.id, b: size.id })
    .catch((thrown: unknown) => thrown);
  expect(error instanceof Failure && [error.code, error.message]).toEqual([
    'runs-different',
    `runs "${price.id}" and "${size.id}" can't be held against each other: they predict different things: price and sqft`,
  ]);
});
