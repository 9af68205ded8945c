import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildTestApp } from '../../testing/build-app.ts';

/** 300 rows: many shops, each with its level of price; a skewed size with gaps; a day; a note in words. */
async function withSales() {
  const built = await buildTestApp();
  const path = join(built.folder, 'sales.csv');
  const lines = Array.from({ length: 300 }, (_, i) => {
    const shop = (i * 7) % 40;
    const size = i % 11 === 5 ? '' : Math.exp((i % 17) / 4).toFixed(2);
    const day = new Date(Date.UTC(2024, 0, 1 + i * 2)).toISOString().slice(0, 10);
    const note = `${i % 3 === 0 ? 'cheap and old' : 'new, with garden'} number ${i}`;
    const price = shop * 10 + (i % 17) * 3 + (i % 3 === 0 ? 0 : 50) + ((i * 29) % 13);
    return `shop ${shop},${size},${day},"${note}",${price}`;
  });
  await writeFile(path, `shop,size,day,note,price\n${lines.join('\n')}\n`);
  await built.client.datasets.import({ path, name: 'sales' });
  return built;
}

const recipe = `
target: price
family: linear
features: [shop, size, day, note]
steps:
  - target-encode: [shop]
  - impute: {columns: [size], strategy: median}
  - power: [size]
  - calendar: {columns: [day], cyclic: [month], parts: [year]}
  - tf-idf: {columns: [note], features: 6}
  - select: {columns: numbers, keep: 8}
  - scale: numbers
`;

test('a recipe of column steps is shown, trains, predicts and is made again to the same bits', async () => {
  const { client, folder } = await withSales();
  const { notes, problems } = await client.recipes.resolve({ recipe, dataset: 'sales' });
  expect(problems).toEqual([]);
  expect(notes).toContainEqual(expect.stringContaining("step 5 (tf-idf) can't be exported as ONNX"));
  const effect = await client.recipes.effect({ recipe, dataset: 'sales' });
  expect(effect.problems).toEqual([]);
  expect(effect.features).toBe(8);

  const { run } = await client.training.run({ recipe, dataset: 'sales' });
  expect(run.metrics?.test['r2']).toBeGreaterThan(0.95);
  expect((await client.lineage.reproduce({ run: run.id })).verdict).toBe('identical');
  await client.registry.add({ run: run.id, name: 'sales' });
  const row = { shop: 'shop 7', size: '3.5', day: '2025-03-01', note: 'new, with garden' };
  const { predictions } = await client.registry.predict({
    model: 'sales',
    rows: [row, { ...row, shop: 'never seen' }],
  });
  expect(predictions).toHaveLength(2);

  await expect(client.bundles.export({ model: 'sales', dir: join(folder, 'out') })).rejects.toMatchObject({
    code: 'step-not-exportable',
  });
});

test('a level per row looks like an answer only to a step that is not divided into folds', async () => {
  const { client } = await withSales();
  const alone = 'target: price\nfamily: linear\nfeatures: [note]\nsteps: [target-encode]\n';
  const { run } = await client.training.run({ recipe: alone, dataset: 'sales' });
  expect(run.metrics?.train['r2']).toBeLessThan(0.1);
});
