import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Failure } from '../../preload/contract/errors.ts';
import { buildTestApp } from '../testing/build-app.ts';

const sacramento = new URL('../../resources/samples/sacramento.csv', import.meta.url).pathname;

async function withHouses() {
  const built = await buildTestApp();
  await built.client.datasets.import({ path: sacramento, name: 'houses' });
  return built;
}

const failureOf = async (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof Failure ? error : undefined),
  );

describe('a run', () => {
  test('from two lines to metrics, with everything it was made of', async () => {
    const { client, dir } = await withHouses();
    const { run } = await client.training.run({ recipe: 'target: price\nfamily: linear\n' });
    expect(run).toMatchObject({
      status: 'done',
      dataset: 'houses',
      version: 1,
      target: 'price',
      task: 'regression',
      family: 'linear',
      seed: 42,
      error: null,
      models: [],
    });
    expect(run.metrics?.test['r2']).toBeGreaterThan(0.5);
    const shown = await client.training.show({ run: run.id });
    expect(shown.split).toMatchObject({ train: 559, validation: 187, test: 186, leftOut: 0 });
    expect(shown.report[0]?.rows.length).toBeGreaterThan(10);
    expect(shown.recipe).toMatchObject({ target: 'price', split: { train: 0.6, seed: 42 } });
    const resolved = await client.recipes.resolve({ recipe: shown.yaml, dataset: 'houses' });
    expect(resolved.hash).toBe(run.recipe);
    expect(resolved.yaml).toBe(shown.yaml);
    expect((await client.training.list({})).runs).toEqual([run]);
    expect((await client.workspaces.verify({})).problems).toEqual([]);
    expect(dir.length).toBeGreaterThan(0);
  });

  test('can be made again: identical, and the verdict is kept', async () => {
    const { client } = await withHouses();
    const { run } = await client.training.run({ recipe: { target: 'price', family: 'linear' } });
    const { verdict, differences, recorded } = await client.lineage.reproduce({ run: run.id });
    expect([verdict, differences, recorded.outcome]).toEqual(['identical', [], 'identical']);
    expect((await client.training.show({ run: run.id })).run.reproduced).toBe('identical');
    expect((await client.workspaces.verify({})).problems).toEqual([]);
  });

  test('keeps how it failed, with the same words', async () => {
    const { client, folder } = await withHouses();
    const path = join(folder, 'gaps.csv');
    // A gap beyond the rows the recipe is tried out on.
    const lines = Array.from({ length: 400 }, (_, i) => `${i === 390 ? '' : i},${i % 13}.5`);
    await writeFile(path, `x,y\n${lines.join('\n')}\n`);
    await client.datasets.import({ path, name: 'gaps' });
    const recipe = { target: 'y', family: 'linear', steps: ['scale'] };
    const failure = await failureOf(client.training.run({ recipe, dataset: 'gaps' }));
    expect(failure?.code).toBe('value-missing');
    expect(failure?.message).toBe(
      'column "x" has no value at row 391 and no step fills it; add an impute step for it, or exclude it',
    );
    const [run] = (await client.training.list({})).runs;
    expect(run).toMatchObject({ status: 'failed', metrics: null, error: { code: 'value-missing' } });
    expect((await failureOf(client.lineage.reproduce({ run: run?.id ?? '' })))?.code).toBe(
      'run-not-finished',
    );
    expect((await client.workspaces.verify({})).problems).toEqual([]);
  });

  test('of a wrong recipe is refused before anything is recorded', async () => {
    const { client } = await withHouses();
    const refused = async (recipe: string | Record<string, unknown>) => {
      const failure = await failureOf(client.training.run({ recipe }));
      return `${failure?.code}: ${failure?.message}`;
    };
    expect(await refused('target: price\nfamily: linear\ncolour: red\n')).toBe(
      'recipe-invalid: the recipe is not right: colour: unknown key "colour"; there is target, task, weight, features, exclude, not_known, join, filter, lags, split, balance, steps, family, params, calibrate, conformal, seed',
    );
    expect(await refused('target: [price\n')).toMatch(/^recipe-unreadable: .* at line 2, column 1$/);
    expect(await refused({ target: 'prize', family: 'linear' })).toBe(
      'target-missing: the recipe\'s target "prize" is not a column of the data; it has city, zip, beds, baths, sqft, type, price, latitude, longitude',
    );
    expect(await refused({ target: 'price', family: 'linear', steps: [{ scale: ['city'] }] })).toBe(
      'step-column-kind: step 1 (scale): column "city" is text; scale works on numbers. Encode it with one-hot instead, or leave it out of "columns"',
    );
    expect((await client.training.list({})).runs).toEqual([]);
  });

  test('needs to know which dataset', async () => {
    const built = await buildTestApp();
    const recipe = 'target: price\nfamily: linear\n';
    expect((await failureOf(built.client.training.run({ recipe })))?.message).toBe(
      'which dataset? this workspace has none yet; say --dataset NAME',
    );
    await built.client.datasets.import({ path: sacramento, name: 'a' });
    await built.client.datasets.import({ path: sacramento, name: 'b' });
    expect((await failureOf(built.client.training.run({ recipe })))?.message).toBe(
      'which dataset? this workspace has a, b; say --dataset NAME',
    );
    expect((await built.client.training.run({ recipe, dataset: 'b@1' })).run.status).toBe('done');
  });

  test('cancelled is kept as cancelled, without a model', async () => {
    const { app, client } = await withHouses();
    const controller = new AbortController();
    const running = app.dispatch(
      'training.run',
      { recipe: 'target: price\nfamily: linear\n' },
      { signal: controller.signal, onProgress: (fraction) => fraction > 0.1 && controller.abort() },
    );
    expect(await failureOf(running)).toBeDefined();
    const [run] = (await client.training.list({})).runs;
    expect(run).toMatchObject({ status: 'cancelled', metrics: null, error: null });
    expect((await client.workspaces.verify({})).problems).toEqual([]);
  });
});

test('families and steps describe themselves for forms', async () => {
  const { client } = await buildTestApp();
  const { steps } = await client.recipes.steps({});
  expect(steps.map(({ id }) => id)).toEqual([
    'derive', 'impute', 'scale', 'power', 'bin', 'calendar', 'one-hot', 'codes', 'ordinal', 'rare', 'target-encode',
    'frequency-encode', 'hash-text', 'tf-idf', 'interactions', 'polynomial', 'pca', 'select', 'drop',
  ]); // prettier-ignore
  const { families } = await client.recipes.families({});
  expect(families.map(({ id }) => id)).toContain('linear');
  const mustBeGiven: string[] = [];
  const withoutDefault: string[] = [];
  for (const { params } of [...steps, ...families]) {
    const properties: unknown = params['properties'];
    const required = (params['required'] ?? []) as readonly string[];
    for (const [name, property] of Object.entries(properties ?? {})) {
      expect(property).toMatchObject({ title: expect.any(String), description: expect.any(String) });
      if (required.includes(name)) mustBeGiven.push(name);
      else withoutDefault.push(...('default' in (property as object) ? [] : [name]));
    }
  }
  expect(withoutDefault).toEqual([]);
  // What a derived column is called and holds can't be guessed.
  expect(mustBeGiven).toEqual(['name', 'as']);
});

test('a recipe with problems is resolved to what is wrong, with where', async () => {
  const { client } = await withHouses();
  const resolved = await client.recipes.resolve({
    recipe: { target: 'price', family: 'liner', seed: 'x' },
    dataset: 'houses',
  });
  expect(resolved).toEqual({
    recipe: null,
    yaml: null,
    hash: null,
    made: { joined: [], lags: [] },
    notes: [],
    problems: [{ path: 'seed', message: 'expected a number, got "x"' }],
  });
});

test('a run says how many were judged by the same split before it', async () => {
  const { client, folder } = await buildTestApp();
  const path = join(folder, 'table.csv');
  await writeFile(
    path,
    `x,y\n${Array.from({ length: 60 }, (_, i) => `${i},${i * 2 + (i % 3)}`).join('\n')}\n`,
  );
  await client.datasets.import({ path, name: 'table' });
  const train = async (recipe: object) =>
    (await client.training.run({ recipe: { target: 'y', family: 'baseline', ...recipe } })).run;
  const looks = [
    await train({}),
    await train({ family: 'linear' }),
    await train({ seed: 7 }),
    await train({}),
  ];
  expect(looks.map((run) => run.looks)).toEqual([0, 1, 0, 2]);
  const listed = (await client.training.list({})).runs;
  expect(looks.map(({ id }) => listed.find((run) => run.id === id)?.looks)).toEqual([0, 1, 0, 2]);
});
