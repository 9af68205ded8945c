import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildTestApp } from '../../testing/build-app.ts';

/** 300 rows: a number with gaps, a text of three levels, a day, and a target. */
async function withData(rows = 300) {
  const built = await buildTestApp();
  const path = join(built.folder, 'things.csv');
  const lines = Array.from({ length: rows }, (_, i) => {
    const gap = i % 10 === 3 ? '' : String(i % 50);
    const day = new Date(Date.UTC(2026, 0, 1 + (i % 28))).toISOString().slice(0, 10);
    return `${gap},${['red', 'green', 'blue'][i % 3] ?? ''},${day},${i * 2 + (i % 7)}`;
  });
  await writeFile(path, `size,colour,day,price\n${lines.join('\n')}\n`);
  await built.client.datasets.import({ path, name: 'things' });
  return built;
}

const recipe = `
target: price
family: linear
steps:
  - impute: {columns: [size], strategy: median, indicator: true}
  - scale: [size]
  - one-hot: [colour]
  - drop: [day]
`;

test('each step tells what it did to some training rows', async () => {
  const { client } = await withData();
  const effect = await client.recipes.effect({ recipe, dataset: 'things', rows: 8 });
  expect(effect.problems).toEqual([]);
  expect(effect).toMatchObject({ dataset: 'things@1', sample: 180, training: 180 });
  expect(effect.rows).toHaveLength(8);
  expect(effect.stages.map(({ title }) => title)).toEqual([null, 'Fill gaps', 'Scale', 'One-hot', 'Drop']);
  const column = (stage: number, name: string) =>
    effect.stages[stage]?.columns.find((one) => one.name === name);

  const raw = column(0, 'size');
  expect(raw?.missing).toBeGreaterThan(5);
  expect(raw?.values).toContain(null);
  expect(column(0, 'day')?.values[0]).toMatch(/^2026-01-\d\d$/);

  const filled = column(1, 'size');
  expect(filled).toMatchObject({ change: 'changed', missing: 0, changed: raw?.missing });
  expect(filled?.differs.map((i) => raw?.values[i])).toEqual(filled?.differs.map(() => null));
  expect(effect.stages[1]?.columns.filter(({ change }) => change === 'added')).toHaveLength(1);
  expect(column(1, 'colour')?.change).toBe('same');

  expect(column(2, 'size')?.change).toBe('changed');
  expect(column(3, 'colour')).toMatchObject({ kind: 'one-hot', change: 'changed', features: 3, changed: 0 });
  expect(effect.stages[4]?.removed).toEqual(['day']);
  expect(effect.features).toBe(5);
});

test('the sample is of the rows a run trains on, and what is learned from all of them is what the run learns', async () => {
  const { client } = await withData();
  const effect = await client.recipes.effect({ recipe, dataset: 'things', rows: 200 });
  const { run } = await client.training.run({ recipe, dataset: 'things' });
  const { report, split } = await client.training.show({ run: run.id });
  expect(split?.train).toBe(effect.training);
  expect(effect.rows).toHaveLength(180);
  expect(report[0]?.rows.length).toBe((effect.features ?? 0) + 1);
  const scaled = effect.stages[2]?.columns.find(({ name }) => name === 'size')?.values.map(Number) ?? [];
  const mean = scaled.reduce((sum, value) => sum + value, 0) / scaled.length;
  expect(Math.abs(mean)).toBeLessThan(1e-12);
});

test('a step that fails is named with its place and row, and what was before it is shown', async () => {
  const { client } = await withData();
  const wrong = 'target: price\nfamily: linear\nsteps:\n  - scale: [size]\n  - scale: [colour]\n';
  const effect = await client.recipes.effect({ recipe: wrong, dataset: 'things' });
  expect(effect.problems).toEqual([
    { path: 'steps[1]', message: expect.stringContaining('step 2 (scale): column "colour" is text') },
  ]);
  expect(effect.stages.map(({ step }) => step)).toEqual([null, 'scale']);
  const gaps = 'target: price\nfamily: linear\nexclude: [colour, day]\nsteps: []\n';
  const left = await client.recipes.effect({ recipe: gaps, dataset: 'things' });
  const row = Number(/at row (\d+)/.exec(left.problems[0]?.message ?? '')?.[1]);
  expect(row % 10, 'the row is counted in the data').toBe(4);
  expect(
    await client.recipes.effect({ recipe: 'target: prize\nfamily: linear\n', dataset: 'things' }),
  ).toMatchObject({
    stages: [],
    problems: [{ path: 'target' }],
  });
});

test('a long table is sampled, evenly, and never shown whole', async () => {
  const { client } = await withData(12_000);
  const effect = await client.recipes.effect({ recipe, dataset: 'things', rows: 200 });
  expect(effect).toMatchObject({ sample: 2000, training: 7200 });
  expect(effect.rows).toHaveLength(200);
  await expect(client.recipes.effect({ recipe, dataset: 'things', rows: 201 })).rejects.toThrow(/rows/);
});

test('only the steps from the first changed one on are learned anew', async () => {
  const { client } = await withData(310);
  const reused = async (text: string) => {
    const { stages, problems } = await client.recipes.effect({ recipe: text, dataset: 'things' });
    expect(problems).toEqual([]);
    return stages.map((stage) => stage.reused);
  };
  const plain = await client.recipes.effect({ recipe, dataset: 'things' });
  expect(plain.stages.map((stage) => stage.reused)).toEqual([false, false, false, false, false]);
  // Written in another way it is the same; a changed last step leaves those before it as they are.
  expect(await reused(recipe.replace('family: linear', 'family: linear\nparams: {alpha: 2}'))).toEqual([
    false,
    true,
    true,
    true,
    true,
  ]);
  const encoded = recipe.replace('one-hot: [colour]', 'one-hot: {columns: [colour], unknown: error}');
  expect(await reused(encoded)).toEqual([false, true, true, false, false]);
  expect(await reused(recipe.replace('strategy: median', 'strategy: mean'))).toEqual([
    false,
    false,
    false,
    false,
    false,
  ]);
  expect(
    await reused(recipe.replace('price\n', 'price\nexclude: [day]\n').replace('  - drop: [day]\n', '')),
  ).toEqual([false, false, false, false]);
  // What is reused is what it was.
  const again = await client.recipes.effect({ recipe, dataset: 'things' });
  expect(again.stages.every((stage) => stage.reused === stage.position > 0)).toBe(true);
  expect(again.stages.map(({ columns }) => columns)).toEqual(plain.stages.map(({ columns }) => columns));
});
