import { expect, test } from 'vitest';
import { join } from 'node:path';
import { buildTestApp } from '../testing/build-app.ts';
import fixture from './folds.fixture.json' with { type: 'json' };

const samples = join(import.meta.dirname, '../../resources/samples');

async function withSample(name: string) {
  const app = await buildTestApp();
  await app.client.datasets.import({ path: join(samples, `${name}.csv`), name });
  const train = async (recipe: Record<string, unknown>) =>
    (await app.client.training.run({ recipe, dataset: name })).run;
  return { ...app, train };
}

const close = (found: number | null | undefined, wanted: number) =>
  expect(Math.abs((found ?? Number.NaN) - wanted) / Math.max(1, Math.abs(wanted))).toBeLessThan(1e-8);

test(`folds forward in time agree with TimeSeriesSplit of ${fixture.tool}, and the model learns from all rows`, async () => {
  const { client, train } = await withSample('chicago-ridership');
  const split = { method: 'time', by: 'date', folds: 6, test: 0 };
  const run = await train({ target: 'ridership', family: 'linear', split });
  const { folds = [], deviation = {}, validation, test: tested } = run.metrics!;
  expect(folds.map(({ train: learned, rows }) => [learned, rows])).toEqual(
    fixture.folds.map((fold) => [fold.train, fold.rows]),
  );
  for (const [i, { metrics }] of fixture.folds.entries()) {
    for (const [name, wanted] of Object.entries(metrics)) close(folds[i]?.metrics[name], wanted);
  }
  for (const [name, wanted] of Object.entries(fixture.mean)) close(validation[name], wanted);
  for (const [name, wanted] of Object.entries(fixture.deviation)) close(deviation[name], wanted);
  expect(tested['r2']).toBeNull();
  const shown = await client.training.show({ run: run.id });
  expect(shown.split).toMatchObject({ train: 5698, validation: 0, test: 0, folds: 6 });
  const { figures, splits } = await client.evaluation.show({ run: run.id });
  expect(figures.map((figure) => figure.split)).toContain('validation');
  expect(splits.test.undefinedBecause['r2']).toBe('the split has no rows');
});

test('classes in folds: test rows stay apart, the run is made again to the byte', async () => {
  const { client, train } = await withSample('credit');
  const run = await train({ target: 'Status', family: 'linear', split: '5-fold' });
  const { folds = [] } = run.metrics!;
  const { split, recipe } = await client.training.show({ run: run.id });
  expect(recipe['split']).toMatchObject({
    method: 'stratified',
    train: 0.8,
    validation: 0,
    test: 0.2,
    folds: 5,
  });
  expect(folds.reduce((sum, { rows }) => sum + rows, 0)).toBe(split?.train);
  expect(
    Math.max(...folds.map(({ rows }) => rows)) - Math.min(...folds.map(({ rows }) => rows)),
  ).toBeLessThan(2);
  const { splits, metrics } = await client.evaluation.show({ run: run.id });
  // The confusion of validation counts each training row once: the fold it is in has judged it.
  expect(splits.validation.confusion?.flat().reduce((a, b) => a + b, 0)).toBe(split?.train);
  const areas = folds.map((fold) => fold.metrics['roc_auc']!);
  expect(metrics.validation['roc_auc']).toBeCloseTo(areas.reduce((a, b) => a + b, 0) / 5, 12);
  expect((await client.lineage.reproduce({ run: run.id })).verdict).toBe('identical');
});

test('what can not be folded is refused with what would be right', async () => {
  const { client, train } = await withSample('credit');
  const refused = async (split: object | string) => {
    const { problems } = await client.recipes.resolve({
      recipe: { target: 'Status', family: 'linear', split },
      dataset: 'credit',
    });
    return problems.map(({ path, message }) => `${path}: ${message}`);
  };
  expect(await refused({ folds: 5, validation: 0.2, test: 0.2 })).toEqual([
    'split.validation: the folds validate; leave "validation" out, or "folds"',
  ]);
  expect(await refused({ method: 'column', by: 'Home', folds: 3 })).toEqual([
    'split.folds: a column says the parts and no folds; use "random", "stratified", "group", "time" or "key"',
  ]);
  expect(await refused('1-fold')).toEqual(['split.folds: expected at least 2, got 1']);
  const split = { method: 'group', by: 'Marital', folds: 12, test: 0 };
  await expect(train({ target: 'Status', family: 'baseline', split })).rejects.toThrow(
    /^split: fold \d+ of 12 by "group" has too few rows: at least 1 row must judge it; .*; choose fewer folds$/,
  );
});
