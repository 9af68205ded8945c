import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildTestApp } from '../../testing/build-app.ts';

async function withRuns() {
  const built = await buildTestApp();
  const lines = Array.from(
    { length: 60 },
    (_, i) => `${i},${(i * 7) % 11},${i % 3 ? 'x' : 'y'},${i * 2 + 1}`,
  );
  const path = join(built.folder, 'things.csv');
  await writeFile(path, `a,b,c,price\n${lines.join('\n')}\n`);
  await built.client.datasets.import({ path, name: 'things' });
  const train = (recipe: string) =>
    built.client.training.run({ recipe, dataset: 'things' }).then(({ run }) => run);
  return { ...built, train };
}

const first = `
target: price
family: linear
steps:
  - impute: {columns: numbers}
  - scale: {columns: [a]}
  - one-hot: {columns: [c]}
`;
const second = `
target: price
family: linear
features: [a, c]
filter: b > 1
params: {alpha: 2}
steps:
  - derive: {name: d, as: "a * 2"}
  - impute: {columns: numbers}
  - scale: {columns: [a], method: robust}
  - one-hot: {columns: [c]}
`;

test('a recipe is found by a run, by its hash and by the name it is pinned under, and shown to be copied', async () => {
  const { client, train } = await withRuns();
  const run = await train(first);
  await train(`${first}seed: 42\n`);
  const { recipes } = await client.recipes.list({});
  expect(recipes).toMatchObject([
    {
      hash: run.recipe,
      target: 'price',
      family: 'linear',
      steps: ['impute', 'scale', 'one-hot'],
      runs: 2,
      pins: [],
    },
  ]);
  expect(await client.recipes.pin({ reference: run.id, name: 'the usual' })).toMatchObject({
    pins: ['the usual'],
  });
  const shown = await client.recipes.show({ reference: 'the usual' });
  expect(await client.recipes.show({ reference: run.recipe.slice(0, 6) })).toEqual(shown);
  // The copy is the recipe: run again, it is no other one.
  expect((await train(shown.yaml)).recipe).toBe(run.recipe);
  const other = await train(second);
  expect((await client.recipes.list({ pinned: true })).recipes.map(({ hash }) => hash)).toEqual([run.recipe]);
  await expect(client.recipes.pin({ reference: other.id, name: 'the usual' })).rejects.toMatchObject({
    code: 'recipe-pin-taken',
  });
  await client.recipes.pin({ reference: run.id, name: 'the usual' });
  expect(await client.recipes.unpin({ name: 'the usual' })).toMatchObject({ hash: run.recipe, pins: [] });
  for (const reference of ['the usual', run.recipe.slice(0, 5), 'run_none', 'abcdef012345']) {
    await expect(client.recipes.show({ reference })).rejects.toMatchObject({ code: 'recipe-not-found' });
  }
  expect(await client.workspaces.verify({})).toMatchObject({ problems: [] });
});

test('the difference of two recipes names keys, columns and steps, and a step that moved along is the same step', async () => {
  const { client, train } = await withRuns();
  const [a, b] = [await train(first), await train(second)];
  const { differences } = await client.recipes.diff({ a: a.id, b: b.id });
  expect(differences).toEqual([
    { path: 'features', kind: 'removed', before: 'b', after: null },
    { path: 'params.alpha', kind: 'changed', before: 1, after: 2 },
    { path: 'filter', kind: 'added', before: null, after: { where: 'b > 1', rows: 'all' } },
    { path: 'steps[0]', kind: 'added', before: null, after: { step: 'derive', name: 'd', as: 'a * 2' } },
    { path: 'steps[2].method', kind: 'changed', before: 'standard', after: 'robust' },
  ]);
  const back = await client.recipes.diff({ a: b.id, b: a.id });
  expect(back.differences).toHaveLength(differences.length);
  expect(back.differences.find(({ path }) => path === 'steps[0]')).toMatchObject({ kind: 'removed' });
  expect((await client.recipes.diff({ a: a.id, b: a.id })).differences).toEqual([]);
});
