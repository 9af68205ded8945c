import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { buildTestApp } from '../../testing/build-app.ts';

const samples = join(import.meta.dirname, '../../../resources/samples');

async function opened(sample: string) {
  const { client } = await buildTestApp();
  await client.datasets.import({ path: join(samples, `${sample}.csv`), name: sample });
  return {
    client,
    train: async (recipe: Record<string, unknown>) => (await client.training.run({ recipe })).run,
  };
}

describe('the mean of several models', () => {
  test('is a run like another: its predictions are the mean, it can be made again, and names its runs', async () => {
    const { client, train } = await opened('sacramento');
    const [a, b] = [
      await train({ target: 'price', family: 'linear' }),
      await train({ target: 'price', family: 'tree' }),
    ];
    const { run, members } = await client.training.combine({ runs: [a.id, b.id], weights: [3, 1] });
    expect(members).toEqual([
      { run: a.id, family: 'linear', weight: 0.75 },
      { run: b.id, family: 'tree', weight: 0.25 },
    ]);
    expect(run).toMatchObject({ status: 'done', family: 'ensemble', target: 'price', looks: 2 });
    const row = { beds: 3, baths: 2, sqft: 1462, city: 'SACRAMENTO', zip: 'z95823', type: 'Residential' };
    const ask = async (id: string, name: string) => {
      await client.registry.add({ run: id, name });
      const place = { latitude: 38.6, longitude: -121.4 };
      const { predictions } = await client.registry.predict({ model: name, rows: [{ ...row, ...place }] });
      return Number(predictions[0]?.['prediction']);
    };
    const [one, two, both] = [await ask(a.id, 'a'), await ask(b.id, 'b'), await ask(run.id, 'both')];
    expect(one).not.toBeCloseTo(two, 0);
    expect(both).toBeCloseTo(0.75 * one + 0.25 * two, 6);

    const folder = await mkdtemp(join(tmpdir(), 'holdfast-test-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await client.bundles.export({ model: 'both', dir: join(folder, 'bundle') });
    expect((await client.bundles.verify({ dir: join(folder, 'bundle') })).problems).toEqual([]);
    expect(await readFile(join(folder, 'bundle', 'recipe.yaml'), 'utf8')).toContain('members:');

    expect((await client.lineage.reproduce({ run: run.id })).verdict).toBe('identical');
    const { edges } = await client.lineage.show({ id: run.id });
    for (const member of [a, b]) {
      expect(edges).toContainEqual({ from: `run:${member.id}`, to: `run:${run.id}`, how: 'combined' });
    }
    const shown = await client.training.show({ run: run.id });
    expect(shown.members).toEqual(members);
    expect(shown.report[0]).toMatchObject({
      title: 'Models inside',
      rows: [
        ['model 1', 'linear', expect.any(Number), 0.75],
        ['model 2', 'tree', expect.any(Number), 0.25],
      ],
    });
    expect((await client.training.show({ run: a.id })).members).toEqual([]);
    expect((await client.workspaces.verify({})).problems).toEqual([]);
  });

  test('averages the probabilities of classes, with folds too', async () => {
    const { client, train } = await opened('credit');
    const split = '4-fold';
    const [a, b] = [
      await train({ target: 'Status', family: 'linear', split }),
      await train({ target: 'Status', family: 'tree', split, calibrate: undefined }),
    ];
    const { run } = await client.training.combine({ runs: [a.id, b.id] });
    expect(run.metrics!.folds).toHaveLength(4);
    for (const part of ['validation', 'test'] as const) {
      const loss = (one: typeof run) => one.metrics![part]['log_loss']!;
      expect(loss(run)).toBeLessThan(Math.max(loss(a), loss(b)));
    }
    expect((await client.lineage.reproduce({ run: run.id })).verdict).toBe('identical');
  });
});

describe('a stack', () => {
  test('learns from validation rows, never from test rows, and may hold any kind of model', async () => {
    const { client, train } = await opened('credit');
    const target = 'Job';
    const runs = [
      await train({ target, family: 'boosting', params: { n_estimators: 5 } }),
      await train({ target, family: 'network', params: { epochs: 3 } }),
      await train({ target, family: 'baseline' }),
    ];
    const { run, members } = await client.training.combine({ runs: runs.map(({ id }) => id), how: 'stack' });
    expect(members.map(({ weight }) => weight)).toEqual([null, null, null]);
    expect(run.notes.join()).toMatch(
      /from their predictions of \d+ validation rows, so only the test rows judge the stack/,
    );
    expect(run.engine).toMatchObject({
      id: 'javascript',
      detail: expect.stringMatching(/lightgbm .* and tensorflow/),
    });
    const { report } = await client.training.show({ run: run.id });
    expect(report.map(({ title }) => title)[0]).toBe('Models inside');
    expect(JSON.stringify(report)).toContain('model 1 says fixed');
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-test-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await client.registry.add({ run: run.id, name: 'stack' });
    await client.bundles.export({ model: 'stack', dir: join(folder, 'bundle') });
    expect((await client.bundles.verify({ dir: join(folder, 'bundle') })).problems).toEqual([]);
    expect((await client.lineage.reproduce({ run: run.id })).verdict).toBe('identical');
  });

  test('with folds learns from predictions outside them, and is judged by folds that it did not learn from', async () => {
    const { client, train } = await opened('sacramento');
    const recipe = { target: 'price', split: '5-fold' };
    const runs = [
      await train({ ...recipe, family: 'linear' }),
      await train({ ...recipe, family: 'tree', steps: ['impute', 'target-encode'] }),
    ];
    const { run } = await client.training.combine({ runs: runs.map(({ id }) => id), how: 'stack' });
    expect(run.notes.join()).toMatch(/from their predictions of 746 rows outside their folds/);
    expect(run.metrics!.folds).toHaveLength(5);
    const error = (one: typeof run) => one.metrics!.validation['root_mean_squared_error']!;
    expect(error(run)).toBeLessThan(Math.min(...runs.map(error)) * 1.02);
    expect((await client.lineage.reproduce({ run: run.id })).verdict).toBe('identical');
  });

  test('with folds forward in time is not judged by the first, which nothing comes before', async () => {
    const { client, train } = await opened('chicago-ridership');
    const recipe = {
      target: 'ridership',
      lags: { time: 'date', columns: ['ridership'], back: [14, 21] },
      split: { method: 'time', by: 'date', folds: 4 },
    };
    const runs = [await train({ ...recipe, family: 'linear' }), await train({ ...recipe, family: 'tree' })];
    const { run } = await client.training.combine({ runs: runs.map(({ id }) => id), how: 'stack' });
    expect(run.metrics!.folds!.map(({ fold }) => fold)).toEqual([2, 3, 4]);
    expect((await client.lineage.reproduce({ run: run.id })).verdict).toBe('identical');
  });
});

test('intervals of a combination are learned from what it says outside the folds, as by hand', async () => {
  const { client, folder } = await buildTestApp();
  const values = Array.from({ length: 120 }, (_, i) => ((i * 37) % 101) + i / 7);
  await writeFile(join(folder, 'days.csv'), `day,y\n${values.map((y, day) => `${day},${y}`).join('\n')}\n`);
  await client.datasets.import({ path: join(folder, 'days.csv'), name: 'days' });
  // The newest 24 test; of the other 96 each block of 24 is judged by models of all before it.
  const split = { method: 'time', by: 'day', folds: 3, test: 0.2 };
  const train = async (strategy: string) => {
    const recipe = { target: 'y', family: 'baseline', params: { strategy }, split };
    return (await client.training.run({ recipe })).run.id;
  };
  const runs = [await train('mean'), await train('median')];
  const { run } = await client.training.combine({ runs, weights: [3, 1], conformal: true });
  const said = (count: number): number => {
    const known = values.slice(0, count);
    const sorted = known.toSorted((a, b) => a - b);
    const mean = known.reduce((sum, value) => sum + value, 0) / count;
    return 0.75 * mean + 0.25 * ((sorted[count / 2 - 1]! + sorted[count / 2]!) / 2);
  };
  const misses = [24, 48, 72].flatMap((from) =>
    values.slice(from, from + 24).map((value) => Math.abs(value - said(from))),
  );
  const score = misses.sort((a, b) => a - b)[Math.ceil(73 * 0.9) - 1]!;
  await client.registry.add({ run: run.id, name: 'days' });
  const { predictions } = await client.registry.predict({ model: 'days', level: 0.9, rows: [{ day: 130 }] });
  expect(Number(predictions[0]?.['low'])).toBeCloseTo(said(96) - score, 9);
  expect(Number(predictions[0]?.['high'])).toBeCloseTo(said(96) + score, 9);
  expect((await client.lineage.reproduce({ run: run.id })).verdict).toBe('identical');
});

test('the probabilities of a combination are calibrated, by folds or by validation rows', async () => {
  const { client, train } = await opened('credit');
  for (const split of ['4-fold', 'stratified']) {
    // Half of a good model and half of one that knows nothing is too unsure of itself.
    const good = { target: 'Status', split, family: 'linear' };
    const runs = [(await train(good)).id, (await train({ target: 'Status', split, family: 'baseline' })).id];
    const { run: plain } = await client.training.combine({ runs });
    const asked = { runs, calibrate: 'platt' as const, conformal: true };
    const { run } = await client.training.combine(asked);
    for (const part of ['validation', 'test'] as const) {
      expect(run.metrics![part]['log_loss']).toBeLessThan(plain.metrics![part]['log_loss']!);
    }
    const coverage = await client.evaluation.coverage({ run: run.id, level: 0.8 });
    expect(coverage.learnedFrom).toBe(split === '4-fold' ? 'folds' : 'validation');
    expect(coverage.sentence).toMatch(/as promised$/);
    expect((await client.lineage.reproduce({ run: run.id })).verdict).toBe('identical');
  }
});

test('what can not be combined is refused with what would be right', async () => {
  const { client, train } = await opened('credit');
  const recipe = { target: 'Status', family: 'linear' };
  const base = await train(recipe);
  const other = {
    'its rows are divided otherwise': await train({ ...recipe, seed: 7 }),
    'it predicts Job (classification)': await train({ ...recipe, target: 'Job', split: 'random' }),
    'are sealed and those of': await train({ ...recipe, seed: 8, split: { sealed: true } }),
  };
  for (const [words, { id }] of Object.entries(other)) {
    await expect(client.training.combine({ runs: [base.id, id] })).rejects.toThrow(words);
  }
  const twin = await train({ ...recipe, family: 'baseline' });
  const runs = [base.id, twin.id];
  const combine = (input: object) => client.training.combine({ runs, ...input });
  await expect(combine({ runs: [base.id, base.id] })).rejects.toThrow('it is named twice');
  await expect(combine({ weights: [1] })).rejects.toThrow('there are 1 for 2 runs');
  await expect(combine({ weights: [0, 0] })).rejects.toThrow('all are 0');
  await expect(combine({ how: 'stack', weights: [1, 2] })).rejects.toThrow('a stack learns them');
  const honest = await train({ ...recipe, family: 'tree', calibrate: 'platt' });
  await expect(combine({ runs: [base.id, honest.id], how: 'stack' })).rejects.toThrow(
    'were calibrated on the rows',
  );
  const { run } = await combine({ runs: [base.id, honest.id] });
  await expect(combine({ runs: [run.id, base.id] })).rejects.toThrow('it is a combination already');
  const bare = { ...recipe, split: { train: 0.8, test: 0.2 } };
  const [x, y] = [await train(bare), await train({ ...bare, family: 'tree' })];
  await expect(combine({ runs: [x.id, y.id], how: 'stack' })).rejects.toThrow(
    'neither validation rows nor folds',
  );
  await expect(combine({ how: 'stack', conformal: true })).rejects.toThrow(
    'none are left to learn this from',
  );
  await expect(combine({ runs: [x.id, y.id], calibrate: 'platt' })).rejects.toThrow(
    'this learns from predictions of rows that its models were not trained on',
  );
  await expect(combine({ weights: [1e308, 1e308] })).rejects.toThrow('weights.0: expected at most 1000000');
  const { yaml } = await client.training.show({ run: run.id });
  await expect(client.training.run({ recipe: yaml })).rejects.toThrow('a combination is made of runs');
});
