import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { buildTestApp } from '../testing/build-app.ts';

const samples = join(import.meta.dirname, '../../resources/samples');

async function trained(sample: string, recipe: Record<string, unknown>) {
  const { client } = await buildTestApp();
  await client.datasets.import({ path: join(samples, `${sample}.csv`), name: sample });
  const { run } = await client.training.run({ recipe });
  await client.registry.add({ run: run.id, name: 'm' });
  return { client, run };
}

test('intervals of numbers hold on test rows what they promise, and come with predictions', async () => {
  const { client, run } = await trained('sacramento', { target: 'price', family: 'linear', conformal: true });
  expect(run.notes.join()).toContain('how far predictions are off was learned from 187 validation rows');
  const wide = await client.evaluation.coverage({ run: run.id, level: 0.9 });
  const narrow = await client.evaluation.coverage({ run: run.id, level: 0.6 });
  expect(wide).toMatchObject({ learned: 187, rows: 186, task: 'regression' });
  expect(wide.coverage).toBeGreaterThan(0.85);
  expect(wide.covered).toBe(Math.round(wide.coverage * wide.rows));
  expect(narrow.size).toBeLessThan(wide.size);
  expect(wide.sentence).toMatch(/^\d.*: as promised$/);
  const [row] = (
    await client.registry.predict({
      model: 'm',
      level: 0.9,
      rows: [
        {
          city: 'SACRAMENTO',
          zip: 'z95823',
          beds: 3,
          baths: 2,
          sqft: 1462,
          type: 'Residential',
          latitude: 38.6,
          longitude: -121.4,
        },
      ],
    })
  ).predictions;
  expect(Number(row?.['high']) - Number(row?.['low'])).toBeCloseTo(wide.size, 6);
  await expect(client.registry.predict({ model: 'm', level: 0.999, rows: [] })).rejects.toThrow(
    'a level of 0.999 needs 999 rows that did not train, and the model learned from 187',
  );
});

test('calibrated probabilities are more honest, and the bundle says the same', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-test-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  // A single deep tree is as sure of itself as a model can be.
  const tree = { target: 'Status', family: 'tree', params: { min_samples_leaf: 1 } };
  const { client, run } = await trained('credit', { ...tree, calibrate: 'isotonic', conformal: true });
  const { run: plain } = await client.training.run({ recipe: tree });
  expect(run.metrics!.test['log_loss']).toBeLessThan(plain.metrics!.test['log_loss']!);
  expect(run.metrics!.test['expected_calibration_error']).toBeLessThan(
    plain.metrics!.test['expected_calibration_error']!,
  );
  const coverage = await client.evaluation.coverage({ run: run.id, level: 0.8 });
  expect(coverage.learned).toBe(445);
  expect(coverage.coverage).toBeGreaterThan(0.75);
  const csv = join(folder, 'out.csv');
  await client.registry.predict({ model: 'm', path: join(samples, 'credit.csv'), out: csv, level: 0.8 });
  expect((await readFile(csv, 'utf8')).split('\n')[0]).toBe(
    'prediction,classes,probability_bad,probability_good',
  );
  // Its golden rows are predicted again through ONNX, calibration and all.
  await client.bundles.export({ model: 'm', dir: join(folder, 'bundle') });
  const opened = await client.bundles.verify({ dir: join(folder, 'bundle') });
  expect(opened).toMatchObject({ verified: true });
  const verdict = await client.lineage.reproduce({ run: run.id });
  expect(verdict.verdict).toBe('identical');
  await expect(client.evaluation.coverage({ run: plain.id })).rejects.toThrow(
    'the tree model was not trained with "conformal: true"',
  );
});

test('what is learned from validation rows needs some, and numbers have no probabilities', async () => {
  const { client } = await buildTestApp();
  await client.datasets.import({ path: join(samples, 'sacramento.csv'), name: 'houses' });
  const refused = async (recipe: Record<string, unknown>) =>
    (await client.recipes.resolve({ recipe, dataset: 'houses' })).problems.map(({ path }) => path);
  expect(
    await refused({
      target: 'type',
      family: 'linear',
      calibrate: 'platt',
      conformal: true,
      split: '80/0/20',
    }),
  ).toEqual(['calibrate', 'conformal']);
  expect(await refused({ target: 'price', family: 'linear', calibrate: 'platt' })).toEqual(['calibrate']);
  expect(await refused({ target: 'type', family: 'linear', calibrate: 'magic' })).toEqual(['calibrate']);
});

test('a recipe that drops every column is refused', async () => {
  const { client } = await buildTestApp();
  await client.datasets.import({ path: join(samples, 'sacramento.csv'), name: 'houses' });
  const said = async (recipe: Record<string, unknown>) =>
    (await client.recipes.resolve({ recipe, dataset: 'houses' })).problems.map(({ message }) => message);
  const none = { target: 'price', steps: [{ step: 'drop', columns: 'all' }] };
  expect(await said({ ...none, family: 'linear' })).toEqual([
    'no column is left after the last step for linear to learn from; drop or select less',
  ]);
  expect(await said({ ...none, family: 'baseline' })).toEqual([]);
});

function mean(of: readonly number[]): number {
  return of.reduce((sum, value) => sum + value, 0) / of.length;
}

test('with folds intervals are learned from what the model of each fold says of its rows', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-test-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const values = Array.from({ length: 120 }, (_, i) => ((i * 37) % 101) + i / 7);
  await writeFile(join(folder, 'days.csv'), `day,y\n${values.map((y, day) => `${day},${y}`).join('\n')}\n`);
  const { client } = await buildTestApp();
  await client.datasets.import({ path: join(folder, 'days.csv'), name: 'days' });
  // The newest 24 test; of the other 96 each block of 24 is judged by the mean of all before it.
  const split = { method: 'time', by: 'day', folds: 3, test: 0.2 };
  const recipe = { target: 'y', family: 'baseline', conformal: true, split };
  const { run } = await client.training.run({ recipe });
  expect(run.notes).toContain('how far predictions are off was learned from 72 rows outside their folds');
  const misses = [1, 2, 3].flatMap((fold) => {
    const said = mean(values.slice(0, 24 * fold));
    return values.slice(24 * fold, 24 * (fold + 1)).map((value) => Math.abs(value - said));
  });
  const score = misses.sort((a, b) => a - b)[Math.ceil(73 * 0.9) - 1]!;
  await client.registry.add({ run: run.id, name: 'days' });
  const { predictions } = await client.registry.predict({ model: 'days', level: 0.9, rows: [{ day: 130 }] });
  const said = mean(values.slice(0, 96));
  expect(Number(predictions[0]?.['low'])).toBeCloseTo(said - score, 9);
  expect(Number(predictions[0]?.['high'])).toBeCloseTo(said + score, 9);
  const coverage = await client.evaluation.coverage({ run: run.id, level: 0.9 });
  expect(coverage).toMatchObject({ learned: 72, learnedFrom: 'folds', rows: 24 });
});

test('with folds probabilities are calibrated by the rows outside them, each fold judged by the maps of the others', async () => {
  const recipe = { target: 'Status', family: 'tree', params: { min_samples_leaf: 1 }, split: '4-fold' };
  const { client, run } = await trained('credit', { ...recipe, calibrate: 'isotonic', conformal: true });
  const { run: plain } = await client.training.run({ recipe });
  expect(run.notes.join()).toMatch(
    /isotonic regression on 3563 rows outside.*off was learned from 3563 rows/,
  );
  for (const part of ['validation', 'test'] as const) {
    expect(run.metrics![part]['log_loss']).toBeLessThan(plain.metrics![part]['log_loss']!);
  }
  const coverage = await client.evaluation.coverage({ run: run.id, level: 0.8 });
  expect(coverage).toMatchObject({ learned: 3563, learnedFrom: 'folds' });
  expect(coverage.sentence).toMatch(/as promised$/);
  expect((await client.lineage.reproduce({ run: run.id })).verdict).toBe('identical');
  const other = await client.training.run({
    recipe: { target: 'Status', family: 'baseline', split: '4-fold' },
  });
  const { run: both } = await client.training.combine({ runs: [run.id, other.run.id], how: 'stack' });
  expect(both.metrics!.folds).toHaveLength(4);
  expect((await client.lineage.reproduce({ run: both.id })).verdict).toBe('identical');
});

test('forward in time nothing calibrates the first fold, so it has no score', async () => {
  const { client } = await buildTestApp();
  await client.datasets.import({ path: join(samples, 'chicago-ridership.csv'), name: 'rides' });
  const split = { method: 'time', by: 'date', folds: 3 };
  const what = { target: 'Bears_Home', task: 'classification', features: ['temp', 'humidity'] };
  const { run } = await client.training.run({
    recipe: { ...what, family: 'linear', calibrate: 'platt', split },
  });
  expect(run.metrics!.folds!.map(({ fold }) => fold)).toEqual([2, 3]);
});
