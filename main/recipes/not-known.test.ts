import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildTestApp, type TestApp } from '../testing/build-app.ts';

async function importLoans({ client, folder }: TestApp): Promise<void> {
  const path = join(folder, 'loans.csv');
  const rows = Array.from(
    { length: 80 },
    (_, i) => `${i % 7},${(i * 37) % 11},${i % 3},${(i % 7) + (i % 3)}`,
  );
  await writeFile(path, ['income,age,reminders,late', ...rows].join('\n'));
  await client.datasets.import({ path, name: 'loans' });
}

const plain = { target: 'late', family: 'linear', task: 'regression' };

test('a column that is declared not to be known when predicting is left out, and refused where it is named', async () => {
  const app = await buildTestApp();
  const { client } = app;
  await importLoans(app);
  const features = async (recipe: object) =>
    (await client.recipes.resolve({ recipe: { ...plain, ...recipe }, dataset: 'loans' })).recipe?.[
      'features'
    ];
  expect(await features({})).toEqual(['income', 'age', 'reminders']);
  const { notKnown } = await client.datasets['not-known']({
    dataset: 'loans',
    column: 'reminders',
    why: 'sent because somebody is late',
  });
  expect(notKnown.map(({ column, why }) => [column, why])).toEqual([
    ['reminders', 'sent because somebody is late'],
  ]);
  expect((await client.datasets.show({ dataset: 'loans' })).notKnown).toEqual(notKnown);
  const { recipe, notes } = await client.recipes.resolve({ recipe: plain, dataset: 'loans' });
  expect(recipe?.['features']).toEqual(['income', 'age']);
  expect(notes.join('\n')).toMatch(
    /"reminders" is left out: it is not known .* \(sent because somebody is late\)/,
  );

  const named = { ...plain, features: ['age', 'reminders'] };
  await expect(client.training.run({ recipe: named, dataset: 'loans' })).rejects.toThrow(
    /^feature "reminders" is not known when a prediction is asked for: .* declared it \(sent .*\)\. Leave it out, or take the declaration back with `holdfast datasets not-known loans reminders --remove`$/,
  );
  // Who looks for leakage is told of it, not refused.
  const { findings } = await client.recipes.leakage({ recipe: named, dataset: 'loans' });
  expect(findings.map(({ kind, severity, columns }) => [kind, severity, columns])).toContainEqual([
    'not-known',
    'block',
    ['reminders'],
  ]);
  // It may be predicted, and looked back at.
  expect(await features({ target: 'reminders' })).toEqual(['income', 'age', 'late']);

  await client.datasets['not-known']({ dataset: 'loans', column: 'reminders', remove: true });
  expect(await features({})).toEqual(['income', 'age', 'reminders']);
  expect((await client.training.run({ recipe: named, dataset: 'loans' })).run.status).toBe('done');
  expect((await client.workspaces.verify({})).problems).toEqual([]);
});

test('a recipe says it of itself alone; what it does not use leaves its hash as it was', async () => {
  const app = await buildTestApp();
  const { client } = app;
  await importLoans(app);
  const resolve = (recipe: object) =>
    client.recipes.resolve({ recipe: { ...plain, ...recipe }, dataset: 'loans' });
  const own = await resolve({ not_known: 'reminders' });
  expect([own.recipe?.['features'], own.recipe?.['not_known']]).toEqual([['income', 'age'], ['reminders']]);
  const again = await client.recipes.resolve({ recipe: own.yaml!, dataset: 'loans' });
  expect(again.hash).toBe(own.hash);
  expect((await resolve({ not_known: [] })).hash).toBe((await resolve({})).hash);
  const { problems } = await resolve({
    features: ['age', 'reminders'],
    not_known: ['reminders', 'remindrs'],
  });
  expect(problems.map(({ path, message }) => [path, message])).toEqual([
    ['not_known[1]', expect.stringContaining('"reminders"')],
    [
      'features[1]',
      'feature "reminders" is not known when a prediction is asked for: "not_known" of the recipe names it. Leave it out',
    ],
  ]);
});

test('what cannot be declared is refused', async () => {
  const app = await buildTestApp();
  const { client } = app;
  await importLoans(app);
  const declare = client.datasets['not-known'];
  await expect(declare({ dataset: 'loans', column: 'nope' })).rejects.toThrow(
    'there is no column "nope" in loans@1; it has income, age, reminders, late',
  );
  await expect(declare({ dataset: 'loans', column: 'age', remove: true })).rejects.toThrow(
    'column "age" of "loans" is not declared as unknown when predicting; none is',
  );
  await expect(declare({ dataset: 'gone', column: 'age' })).rejects.toThrow('there is no dataset "gone"');
});
