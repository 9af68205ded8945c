import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildTestApp, type TestApp } from '../../testing/build-app.ts';

const samples = join(import.meta.dirname, '../../../resources/samples');

async function credit(): Promise<TestApp & { logistic: string; baseline: string }> {
  const app = await buildTestApp();
  await app.client.datasets.import({ path: join(samples, 'credit.csv'), name: 'credit' });
  const train = async (family: string) =>
    (await app.client.training.run({ recipe: { target: 'Status', family } })).run.id;
  return { ...app, logistic: await train('linear'), baseline: await train('baseline') };
}

test('classes: intervals hold the metrics, thresholds mend costs, slices and worst rows are of the test rows', async () => {
  const { client, logistic, baseline } = await credit();
  const { metrics } = await client.evaluation.show({ run: logistic });
  const intervals = await client.evaluation.intervals({ run: logistic, resamples: 200 });
  expect(await client.evaluation.intervals({ run: logistic, resamples: 200 })).toEqual(intervals);
  expect(intervals.rows).toBe(891);
  for (const { metric, value, low, high } of intervals.metrics) {
    expect(value, metric).toBe(metrics.test[metric]);
    expect(low!, metric).toBeLessThan(value!);
    expect(high!, metric).toBeGreaterThan(value!);
  }
  const thresholds = await client.evaluation.thresholds({ run: logistic, falsePositiveCost: 5 });
  expect(thresholds.positive).toBe('good');
  expect(thresholds.usual.recall).toBeCloseTo(metrics.test['recall']!, 12);
  expect(thresholds.usual.precision).toBeCloseTo(metrics.test['precision']!, 12);
  expect(thresholds.best.cost.cost).toBeLessThan(thresholds.usual.cost);
  expect(thresholds.best.cost.threshold).toBeGreaterThan(0.5);
  const slices = await client.evaluation.slices({ run: logistic });
  expect(slices.overall).toBeCloseTo(metrics.test['log_loss']!, 12);
  const ofHome = slices.slices.filter(({ columns }) => columns[0] === 'Home');
  expect(ofHome.map(({ slice }) => slice)).toContain('Home = rent');
  const errors = await client.evaluation.errors({ run: logistic, limit: 5 });
  expect(errors.errors.map(({ loss }) => loss)).toEqual(
    errors.errors.map(({ loss }) => loss).toSorted((a, b) => b - a),
  );
  for (const { actual, predicted, probability, loss } of errors.errors) {
    expect(actual).not.toBe(predicted);
    expect(-Math.log(probability!)).toBeCloseTo(loss, 12);
  }
  const { comparisons, rows } = await client.evaluation.compare({ a: baseline, b: logistic });
  expect(rows).toBe(891);
  const area = comparisons.find(({ what }) => what === 'roc_auc')!;
  expect([area.a, area.b]).toEqual([0.5, expect.closeTo(metrics.test['roc_auc']!, 12)]);
  expect(area.sentence).toMatch(/^the second is better: roc auc /);
});

test('numbers: the worst row is the largest error, and its values are those of the table', async () => {
  const { client } = await buildTestApp();
  await client.datasets.import({ path: join(samples, 'sacramento.csv'), name: 'houses' });
  const { run } = await client.training.run({ recipe: { target: 'price', family: 'linear' } });
  const { errors, loss } = await client.evaluation.errors({ run: run.id, limit: 3 });
  expect(loss).toBe('absolute error');
  expect(errors[0]!.loss).toBeCloseTo(run.metrics!.test['max_error']!, 9);
  const { table } = await client.datasets.preview({
    dataset: 'houses',
    offset: errors[0]!.row - 1,
    limit: 1,
  });
  expect(Buffer.from(table).includes(errors[0]!.values['city']!)).toBe(true);
  await expect(client.evaluation.thresholds({ run: run.id })).rejects.toThrow(
    `thresholds are for models of two classes; run "${run.id}" predicts a number`,
  );
  await expect(client.evaluation.slices({ run: run.id, by: ['nope'] })).rejects.toThrow(
    `run "${run.id}" has no feature "nope" to slice by; it has city, zip, beds`,
  );
});

test('runs of other data or other targets are not compared', async () => {
  const { client } = await buildTestApp();
  await client.datasets.import({ path: join(samples, 'sacramento.csv'), name: 'houses' });
  await client.datasets.import({ path: join(samples, 'credit.csv'), name: 'credit' });
  const train = async (dataset: string, target: string, seed = 42) =>
    (await client.training.run({ recipe: { target, family: 'baseline', seed }, dataset })).run.id;
  const [price, beds, status] = [
    await train('houses', 'price'),
    await train('houses', 'sqft'),
    await train('credit', 'Status'),
  ];
  await expect(client.evaluation.compare({ a: price, b: status })).rejects.toThrow(
    'they were trained on different snapshots',
  );
  await expect(client.evaluation.compare({ a: price, b: beds })).rejects.toThrow(
    'one predicts price (regression), the other sqft (regression)',
  );
  const other = await client.evaluation.compare({ a: price, b: await train('houses', 'price', 7) });
  expect(other.rows).toBeLessThan(100);
  expect(other.notes[0]).toMatch(/^the runs have other test rows: \d+ are in both \(of 186 and 186\)/);
});

test('growing parts of the training rows tell whether more would help, and test rows stay out of it', async () => {
  const { client } = await buildTestApp();
  await client.datasets.import({ path: join(samples, 'sacramento.csv'), name: 'houses' });
  const { run } = await client.training.run({ recipe: { target: 'price', family: 'linear' } });
  const found = await client.evaluation.sizes({ run: run.id, sizes: 4, repeats: 2 });
  expect(found).toMatchObject({
    metric: 'mean_absolute_error',
    judgedBy: 'validation rows',
    judgedRows: 187,
  });
  expect(found.points.map(({ rows, draws }) => [rows, draws])).toEqual([
    [35, 2],
    [140, 2],
    [315, 2],
    [559, 1],
  ]);
  const [few, , , all] = found.points;
  expect(all!.judged.mean).toBeLessThan(few!.judged.mean);
  // All rows: the run itself.
  expect(all!.judged.mean).toBe(run.metrics!.validation['mean_absolute_error']);
  expect(all!.train.mean).toBe(run.metrics!.train['mean_absolute_error']);
  expect(await client.evaluation.sizes({ run: run.id, sizes: 4, repeats: 2 })).toMatchObject({
    points: found.points.map((point) => ({ ...point, seconds: expect.any(Number) as number })),
  });
  const { run: folds } = await client.training.run({
    recipe: { target: 'price', family: 'linear', split: { folds: 4, test: 0.2 } },
  });
  expect(await client.evaluation.sizes({ run: folds.id, sizes: 3, repeats: 1 })).toMatchObject({
    judgedBy: 'training rows held back',
  });
});

test('runs with the same folds are compared fold for fold, alone where no test row may be looked at', async () => {
  const { client } = await buildTestApp();
  await client.datasets.import({ path: join(samples, 'credit.csv'), name: 'credit' });
  const train = async (family: string, split: object) =>
    (await client.training.run({ recipe: { target: 'Status', family, split } })).run;
  const folds = { folds: 5 };
  const [a, b] = [await train('baseline', folds), await train('linear', folds)];
  const open = await client.evaluation.compare({ a: a.id, b: b.id });
  expect(open.rows).toBe(891);
  const byFolds = open.comparisons.filter(({ test: name }) => name === 'corrected-resampled-t');
  expect(byFolds.map(({ what }) => what)).toEqual(['accuracy', 'roc_auc', 'log_loss']);
  expect(byFolds[1]!.b).toBeCloseTo(b.metrics!.validation['roc_auc']!, 12);
  expect(byFolds[1]!.sentence).toMatch(/^over 5 folds the second is better: roc auc /);

  const sealed = { ...folds, seed: 3, sealed: true };
  const [c, d] = [await train('baseline', sealed), await train('linear', sealed)];
  const shut = await client.evaluation.compare({ a: c.id, b: d.id });
  expect(shut).toMatchObject({ rows: 0, notes: ['test rows are sealed, so the folds alone compare them'] });
  const bare = { folds: 3, test: 0 };
  const [e, f] = [await train('baseline', bare), await train('linear', bare)];
  expect((await client.evaluation.compare({ a: e.id, b: f.id })).comparisons).toHaveLength(3);
  await expect(client.evaluation.compare({ a: a.id, b: d.id })).rejects.toThrow('are sealed');
});

test('costs of mistakes decide: of several classes too, on test rows and in predictions', async () => {
  const { client } = await buildTestApp();
  await client.datasets.import({ path: join(samples, 'credit.csv'), name: 'credit' });
  const { run } = await client.training.run({ recipe: { target: 'Job', family: 'boosting' } });
  const same = await client.evaluation.costs({ run: run.id, costs: {} });
  expect(same.classes).toEqual(['fixed', 'freelance', 'others', 'partime']);
  expect(same.usual.cost).toBeCloseTo(1 - run.metrics!.test['accuracy']!, 12);
  expect(same.cheapest).toEqual(same.usual);
  // To miss one who works part time is dear.
  const costs = { partime: { fixed: 10, freelance: 10, others: 10 } };
  const found = await client.evaluation.costs({ run: run.id, costs });
  expect(found.costs[3]).toEqual([10, 10, 10, 0]);
  expect(found.cheapest.cost).toBeLessThan(found.usual.cost);
  expect(found.sentence).toMatch(/^deciding by cost is cheaper: /);
  expect(found.cheapest.confusion.flat().reduce((sum, rows) => sum + rows, 0)).toBe(found.rows);
  await client.registry.add({ run: run.id, name: 'job' });
  const asked = { model: 'job', path: join(samples, 'credit.csv') };
  const { predictions } = await client.registry.predict({ ...asked, costs });
  const [first] = predictions;
  const p = (label: string) => Number(first?.[`probability_${label}`]);
  const expected = found.classes.map((_, j) =>
    found.classes.reduce((sum, label, k) => sum + p(label) * found.costs[k]![j]!, 0),
  );
  expect(first?.['expected_cost']).toBeCloseTo(Math.min(...expected), 12);
  expect(first?.['decision']).toBe(found.classes[expected.indexOf(Math.min(...expected))]);
  await expect(client.registry.predict({ ...asked, costs: { nobody: { fixed: 1 } } })).rejects.toThrow(
    'there is no class "nobody"; there are "fixed", "freelance"',
  );
});

test('numbers have no costs of mistakes', async () => {
  const { client } = await buildTestApp();
  await client.datasets.import({ path: join(samples, 'sacramento.csv'), name: 'houses' });
  const { run } = await client.training.run({ recipe: { target: 'price', family: 'linear' } });
  await expect(client.evaluation.costs({ run: run.id, costs: {} })).rejects.toThrow('predicts a number');
  await client.registry.add({ run: run.id, name: 'price' });
  await expect(client.registry.predict({ model: 'price', rows: [], costs: {} })).rejects.toThrow(
    'the linear model predicts a number; costs are for models of classes',
  );
});
