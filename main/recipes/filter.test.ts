import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildTestApp } from '../testing/build-app.ts';

/** 200 houses, every fourth of them a ruin at a tenth of the price. */
async function withHouses() {
  const built = await buildTestApp();
  const lines = Array.from({ length: 200 }, (_, i) => {
    const size = 50 + ((i * 37) % 100);
    const ruin = i % 4 === 0;
    return `${size},${ruin ? 'ruin' : i % 8 === 5 ? '' : 'good'},${size * (ruin ? 1 : 10)}`;
  });
  const path = join(built.folder, 'houses.csv');
  await writeFile(path, `size,state,price\n${lines.join('\n')}\n`);
  await built.client.datasets.import({ path, name: 'houses' });
  return built;
}

const plain = 'target: price\nfeatures: [size]\nfamily: linear\nparams: {penalty: none}\n';

test('rows that a filter does not let pass take no part in a run, and the run says how many', async () => {
  const { client } = await withHouses();
  const recipe = `${plain}filter: state != "ruin" or state is null\n`;
  const resolved = await client.recipes.resolve({ recipe, dataset: 'houses' });
  expect(resolved.recipe).toMatchObject({
    filter: { where: 'state != "ruin" or state is null', rows: 'all' },
  });
  const { run } = await client.training.run({ recipe, dataset: 'houses' });
  const { split, yaml } = await client.training.show({ run: run.id });
  expect(split).toMatchObject({ train: 90, validation: 30, test: 30, leftOut: 50 });
  expect(yaml).toContain('filter:\n  where: state != "ruin" or state is null\n  rows: all\n');
  expect(run.notes).toContain('50 rows are left out by the filter "state != "ruin" or state is null"');
  expect(run.metrics?.test?.['r2']).toBeCloseTo(1, 9);
  // A missing state is neither a ruin nor not one.
  const strict = await client.training.run({ recipe: `${plain}filter: state = "good"\n`, dataset: 'houses' });
  expect((await client.training.show({ run: strict.run.id })).split?.leftOut).toBe(75);
});

test('a filter for training rows leaves the other parts whole, and what is judged is the whole test part', async () => {
  const { client } = await withHouses();
  const whole = await client.training.run({ recipe: plain, dataset: 'houses' });
  const all = (await client.training.show({ run: whole.run.id })).split;
  const recipe = `${plain}filter: {where: state = "good", rows: training}\n`;
  const { run } = await client.training.run({ recipe, dataset: 'houses' });
  const { split } = await client.training.show({ run: run.id });
  expect(split).toMatchObject({ validation: all?.validation, test: all?.test });
  expect(split?.train).toBeLessThan(all?.train ?? 0);
  expect((split?.train ?? 0) + (split?.leftOut ?? 0)).toBe(all?.train);
  expect(run.metrics?.test?.['r2']).toBeLessThan(0.9);
  const effect = await client.recipes.effect({ recipe, dataset: 'houses' });
  expect(effect.training).toBe(split?.train);
});

test('a wrong filter is refused with its place, and one that leaves no row says so', async () => {
  const { client } = await withHouses();
  const problems = async (filter: string) =>
    (await client.recipes.resolve({ recipe: `${plain}filter: ${filter}\n`, dataset: 'houses' })).problems;
  expect(await problems('stat = "good"')).toEqual([
    { path: 'filter.where', message: 'at character 1, unknown column "stat"; did you mean "state"?' },
  ]);
  expect(await problems('size + 1')).toMatchObject([
    { message: expect.stringContaining('expected a condition') },
  ]);
  expect(await problems('{where: size > 1, rows: some}')).toMatchObject([{ path: 'filter.rows' }]);
  await expect(
    client.training.run({ recipe: `${plain}filter: size > 1000\n`, dataset: 'houses' }),
  ).rejects.toMatchObject({ code: 'filter-leaves-none', details: { left: 0, rows: 200 } });
  const words = 'the filter "size > 1000" leaves 0 rows of 200 rows with a target; at least 2 are needed';
  expect(await problems('size > 1000')).toEqual([{ path: 'filter', message: words }]);
  const deep = 'lags: {time: size, columns: [price], back: [500]}\nfilter: price_lag_500 is not null\n';
  expect(
    (await client.recipes.resolve({ recipe: `${plain}${deep}`, dataset: 'houses' })).problems,
  ).toMatchObject([{ path: 'lags', message: expect.stringContaining('have the same "size"') }]);
});

test('a recipe without a filter is the same recipe as before there were any', async () => {
  const { client } = await withHouses();
  const { recipe } = await client.recipes.resolve({ recipe: plain, dataset: 'houses' });
  const keys = ['family', 'features', 'params', 'seed', 'split', 'steps', 'target', 'task'];
  expect(Object.keys(recipe ?? {}).sort()).toEqual(keys);
});

test('a derived column is made in training and in prediction', async () => {
  const { client } = await withHouses();
  const steps =
    'steps: [{derive: {name: worth, as: "size * if(state = \\"ruin\\", 1, 10)"}}, {drop: [state, size]}]\n';
  const recipe = `target: price\nfamily: linear\nparams: {penalty: none}\n${steps}`;
  const { run } = await client.training.run({ recipe, dataset: 'houses' });
  expect(run.metrics?.test?.['r2']).toBeCloseTo(1, 9);
  await client.registry.add({ run: run.id, name: 'worth' });
  const { predictions } = await client.registry.predict({
    model: 'worth',
    rows: [
      { size: 100, state: 'ruin' },
      { size: 100, state: null },
    ],
  });
  expect(predictions.map(({ prediction }) => Number(prediction).toFixed(6))).toEqual([
    '100.000000',
    '1000.000000',
  ]);
});

test('that a model can not be exported is said before it is trained', async () => {
  const { client } = await withHouses();
  const recipe =
    `${plain}steps: [{derive: {name: long, as: "length(state)"}}, {impute: [long]}, {drop: [state]}]\n`.replace(
      '[size]',
      '[size, state]',
    );
  const { notes, problems } = await client.recipes.resolve({ recipe, dataset: 'houses' });
  expect(problems).toEqual([]);
  expect(notes).toEqual([expect.stringContaining("can't be exported: a derive step uses length()")]);
  const wrong = await client.recipes.resolve({
    recipe: recipe.replace('length(state)', 'length(size)'),
    dataset: 'houses',
  });
  expect(wrong.problems).toEqual([
    { path: 'steps[0]', message: 'step 1 (derive): as: at character 8, expected text, got a number' },
  ]);
});
