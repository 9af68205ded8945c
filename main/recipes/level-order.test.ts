import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import type { ColumnType } from '../../preload/contract/column-types.ts';
import { buildTestApp } from '../testing/build-app.ts';

const Steps = z.object({ steps: z.array(z.looseObject({ step: z.string() })) });
const sizes = 'ordered["small","medium","large"]' as ColumnType;

/** 60 rows: codes that look like numbers, sizes, an exact price, and an answer. */
async function withTable(types: Readonly<Record<string, ColumnType>>) {
  const built = await buildTestApp();
  const path = join(built.folder, 'flats.csv');
  const rows = Array.from({ length: 60 }, (_, i) => {
    const size = ['small', 'medium', 'large'][(i * 7) % 3];
    return `${i % 4},${size},${['low', 'high'][i % 2]},${i}.25,${(i * 37) % 60}`;
  });
  await writeFile(path, `district,size,floor,price,rent\n${rows.join('\n')}\n`);
  const columns = Object.fromEntries(Object.entries(types).map(([name, type]) => [name, { type }]));
  await built.client.datasets.import({ path, options: { columns } });
  const resolve = async (written: object) => {
    const target = { target: 'rent', family: 'linear', ...written };
    const { recipe, notes } = await built.client.recipes.resolve({ dataset: 'flats', recipe: target });
    return { notes, steps: Steps.parse(recipe).steps };
  };
  return { ...built, resolve };
}

test('codes that look like numbers are categories where the column says so', async () => {
  const { resolve } = await withTable({ district: 'categorical' });
  const { steps } = await resolve({ features: ['district'] });
  expect(steps.map(({ step }) => step)).toEqual(['impute', 'one-hot']);
});

test('ordinal takes the order of ordered categories, unless it is given one', async () => {
  const { resolve } = await withTable({ size: sizes });
  const order = async (step: object): Promise<unknown> => {
    const { steps } = await resolve({ features: ['size'], steps: [{ step: 'ordinal', ...step }] });
    return steps[0]?.['order'];
  };
  expect(await order({})).toEqual(['small', 'medium', 'large']);
  expect(await order({ columns: ['size'] })).toEqual(['small', 'medium', 'large']);
  expect(await order({ order: ['large', 'medium', 'small'] })).toEqual(['large', 'medium', 'small']);
});

test('an order that two columns do not share is not used, and a note says so', async () => {
  const { resolve } = await withTable({ size: sizes });
  const { steps, notes } = await resolve({ features: ['size', 'floor'], steps: [{ step: 'ordinal' }] });
  expect(steps[0]?.['order']).toEqual([]);
  expect(notes.join()).toContain('ordinal sorts the levels of "size", which have an order of their own');
});

test('a decimal is a number for a model, rounded to a double, and a note says so', async () => {
  const { client, resolve } = await withTable({ price: 'decimal(20,4)' });
  const { notes } = await resolve({ features: ['price'] });
  expect(notes).toContain(
    'column "price" is a decimal: a model reads each value as the nearest float64, which holds about 16 digits',
  );
  const { run } = await client.training.run({
    dataset: 'flats',
    recipe: { target: 'price', family: 'linear', features: ['district', 'rent'] },
  });
  expect(run).toMatchObject({ status: 'done', task: 'regression' });
});
