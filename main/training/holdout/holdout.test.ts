import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildTestApp } from '../../testing/build-app.ts';

const samples = join(import.meta.dirname, '../../../resources/samples');
const why = 'the final choice of the spring review';

async function houses() {
  const app = await buildTestApp();
  await app.client.datasets.import({ path: join(samples, 'sacramento.csv'), name: 'houses' });
  const train = async (recipe: Record<string, unknown>) =>
    (await app.client.training.run({ recipe: { target: 'price', family: 'linear', ...recipe } })).run;
  return { ...app, train };
}

test('sealed test rows judge nothing until they are opened, once; the score is that of a run that was never sealed', async () => {
  const { client, train } = await houses();
  const split = { sealed: true };
  const sealed = await train({ split });
  expect(sealed).toMatchObject({ sealed: true, looks: 0, metrics: { test: {} } });
  expect(sealed.metrics?.validation['r2']).toBeGreaterThan(0.5);
  const evaluation = await client.evaluation.show({ run: sealed.id });
  expect(evaluation.figures.map((figure) => figure.split)).not.toContain('test');
  expect(evaluation.splits.test).toEqual({
    classes: [],
    confusion: null,
    perClass: [],
    undefinedBecause: {},
  });
  for (const ask of [client.evaluation.intervals, client.evaluation.slices, client.evaluation.errors]) {
    await expect(ask({ run: sealed.id })).rejects.toThrow(/^the test rows of run .* are sealed, and /);
  }
  await expect(train({})).rejects.toThrow(`these test rows are sealed since run "${sealed.id}"`);
  const other = await train({ family: 'baseline', split });

  const opened = await client.holdout.open({ run: sealed.id, why });
  expect(opened).toMatchObject({ before: 0, rows: 186, look: { kind: 'opened', run: sealed.id, why } });
  const now = (await client.training.show({ run: sealed.id })).run;
  expect(now).toMatchObject({ sealed: false, looks: 0 });
  expect(now.metrics?.test).toEqual(opened.metrics);
  const { figures } = await client.evaluation.show({ run: sealed.id });
  expect(figures.filter((figure) => figure.split === 'test')).not.toEqual([]);
  expect((await client.evaluation.intervals({ run: sealed.id, resamples: 100 })).rows).toBe(186);

  await expect(client.holdout.open({ run: sealed.id, why })).rejects.toThrow(/ is open already, by /);
  await expect(client.holdout.open({ run: other.id, why })).rejects.toThrow(
    /^these test rows were opened once, for run .* \(the final choice of the spring review\); a second model/,
  );
  const again = await client.holdout.open({ run: other.id, why: 'asked for by the auditor', override: true });
  expect(again).toMatchObject({ before: 1, look: { kind: 'override' } });
  const ledger = await client.holdout.looks({ run: other.id });
  expect(ledger).toMatchObject({ state: 'opened', before: 1 });
  expect(ledger.looks.map(({ kind, run }) => [kind, run])).toEqual([
    ['opened', sealed.id],
    ['override', other.id],
  ]);
  expect((await client.holdout.list({})).sets).toMatchObject([
    { state: 'opened', looks: 2, runs: 2, opened: { run: sealed.id, why } },
  ]);
  expect((await client.lineage.reproduce({ run: sealed.id })).verdict).toBe('identical');
  expect((await client.workspaces.verify({})).problems).toEqual([]);

  // The same rows in another workspace, never sealed: the numbers must be the same to the last bit.
  const elsewhere = await houses();
  expect((await elsewhere.train({})).metrics?.test).toEqual(opened.metrics);
});

test('looks are counted by the test rows, however the other rows are divided', async () => {
  const { client, train } = await houses();
  const plain = await train({});
  const folded = await train({ split: '4-fold' });
  const elsewhere = await train({ seed: 7 });
  expect([plain.looks, folded.looks, elsewhere.looks]).toEqual([0, 1, 0]);
  await expect(client.holdout.open({ run: plain.id, why })).rejects.toThrow(/ were never sealed: /);
  const sealed = await train({ split: { sealed: true } });
  expect(sealed.looks).toBe(2);
  expect((await client.holdout.open({ run: sealed.id, why })).before).toBe(2);
  const { sets } = await client.holdout.list({});
  expect(sets.map(({ looks, runs }) => [looks, runs])).toEqual([
    [3, 3],
    [1, 1],
  ]);
});

test('what can not be sealed or opened says so', async () => {
  const { client, train } = await houses();
  const { problems } = await client.recipes.resolve({
    recipe: { target: 'price', family: 'linear', split: { sealed: true, train: 0.8, test: 0.2 } },
    dataset: 'houses',
  });
  expect(problems.map(({ path }) => path)).toEqual(['split.sealed']);
  const folds = await train({ split: { folds: 3, test: 0 } });
  await expect(client.evaluation.slices({ run: folds.id })).rejects.toThrow(
    `run "${folds.id}" has no test rows, and analyses need them; give the split a test share`,
  );
  expect((await client.holdout.looks({ run: folds.id })).looks).toEqual([]);
});
