import { copyFile, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Failure } from '../../preload/contract/errors.ts';
import { buildTestApp } from '../testing/build-app.ts';

const credit = new URL('../../resources/samples/credit.csv', import.meta.url).pathname;

async function withModel() {
  const built = await buildTestApp();
  const { client } = built;
  await client.datasets.import({ path: credit, name: 'credit' });
  const { run } = await client.training.run({ recipe: 'target: Status\nfamily: linear\n' });
  const { model } = await client.registry.add({ run: run.id, name: 'risk' });
  expect([model.name, model.version, model.stage]).toEqual(['risk', 1, 'candidate']);
  return built;
}

const messageOf = async (work: Promise<unknown>) =>
  work.then(
    () => '',
    (error: unknown) => (error instanceof Failure ? `${error.code}: ${error.message}` : String(error)),
  );

test('a file is predicted, written, and recorded with what it was made from', async () => {
  const { client, folder } = await withModel();
  const path = join(folder, 'applications.csv');
  await copyFile(credit, path);
  const before = await readFile(path);
  const out = join(folder, 'predictions.csv');
  const result = await client.registry.predict({ model: 'risk', path, out });
  expect(result).toMatchObject({ model: 'risk@1', rows: 4454, out, predictions: [] });
  const lines = (await readFile(out, 'utf8')).trimEnd().split('\n');
  expect([lines.length, lines[0]]).toEqual([4455, 'prediction,probability_bad,probability_good']);
  expect((await readFile(path)).equals(before)).toBe(true);
  const { nodes, edges } = await client.lineage.show({ id: 'risk' });
  const prediction = nodes.find(({ kind }) => kind === 'prediction');
  expect(prediction?.facts['predicted rows']).toBe(4454);
  expect(edges.some(({ from, to }) => from === 'model:risk@1' && to === prediction?.id)).toBe(true);
  expect((await client.workspaces.verify({})).problems).toEqual([]);
});

test('one row by form agrees with the file', async () => {
  const { client, folder } = await withModel();
  const { fields } = await client.registry.show({ model: 'risk@1' });
  expect(fields.map(({ name }) => name)).toContain('Seniority');
  expect(fields.find(({ name }) => name === 'Home')).toMatchObject({ kind: 'category', example: 'owner' });
  const row = Object.fromEntries(fields.map(({ name, example }) => [name, example]));
  const [byForm] = (await client.registry.predict({ model: 'risk', rows: [row] })).predictions;
  const path = join(folder, 'one.csv');
  await writeFile(path, `${Object.keys(row).join(',')}\n${Object.values(row).join(',')}\n`);
  const byFile = await client.registry.predict({ model: 'risk', path });
  expect(byFile.predictions).toEqual([byForm]);
  expect(Number(byForm?.['probability_bad']) + Number(byForm?.['probability_good'])).toBeCloseTo(1, 12);
});

test('a form shows true or false, dates and times as they are written, and they can be sent back', async () => {
  const { client, folder } = await buildTestApp();
  const path = join(folder, 'visits.csv');
  const lines = Array.from({ length: 60 }, (_, i) => {
    const day = String(1 + (i % 28)).padStart(2, '0');
    return `${i},2024-02-${day},2024-02-${day} 13:05:30,${i % 3 > 0},${i * 2}`;
  });
  await writeFile(path, `n,day,at,open,y\n${lines.join('\n')}\n`);
  await client.datasets.import({ path });
  const { run } = await client.training.run({ recipe: 'target: y\nfamily: linear\n' });
  await client.registry.add({ run: run.id, name: 'visits' });
  const { fields } = await client.registry.show({ model: 'visits' });
  expect(fields).toEqual([
    { name: 'n', kind: 'number', levels: [], example: expect.any(Number) },
    { name: 'day', kind: 'date', levels: [], example: expect.stringMatching(/^2024-02-\d\d$/) },
    { name: 'at', kind: 'timestamp', levels: [], example: expect.stringMatching(/^2024-02-\d\d 13:05:30$/) },
    { name: 'open', kind: 'bool', levels: ['true', 'false'], example: 'true' },
  ]);
  const row = Object.fromEntries(fields.map(({ name, example }) => [name, example]));
  const [byForm] = (await client.registry.predict({ model: 'visits', rows: [row] })).predictions;
  const one = join(folder, 'one.csv');
  await writeFile(one, `${Object.keys(row).join(',')}\n${Object.values(row).join(',')}\n`);
  expect((await client.registry.predict({ model: 'visits', path: one })).predictions).toEqual([byForm]);
});

test('refusals', async () => {
  const { client, folder } = await withModel();
  const predict = (input: Parameters<typeof client.registry.predict>[0]) =>
    messageOf(client.registry.predict(input));
  expect(await predict({ model: 'risk' })).toBe(
    'input-invalid: registry.predict: path: say either a CSV file or rows',
  );
  expect(await predict({ model: 'risky', rows: [] })).toBe(
    'model-not-found: there is no model "risky"; this workspace has risk',
  );
  const path = join(folder, 'in.csv');
  await writeFile(path, 'Seniority,Home\n5,rent\n');
  expect(await predict({ model: 'risk', path, out: path })).toMatch(
    /^input-invalid: .* is the file to predict for; name another/,
  );
  expect(await predict({ model: 'risk', path })).toMatch(
    /^input-column-missing: the model needs a column "Time" and the data has none; it has Seniority, Home$/,
  );
  expect(await predict({ model: 'risk', path: join(folder, 'none.csv') })).toMatch(/^file-not-found: /);
  const row = Object.fromEntries(
    (await client.registry.show({ model: 'risk' })).fields.map(({ name, example }) => [name, example]),
  );
  expect(await predict({ model: 'risk', rows: [row, { ...row, Age: 'old' }] })).toBe(
    'input-value-wrong: column "Age": expected a number at row 2, got "old"',
  );
});

test('predictions are never written over what the workspace keeps for itself', async () => {
  const { client, dir, folder } = await withModel();
  const path = join(folder, 'applications.csv');
  await copyFile(credit, path);
  const link = join(folder, 'link');
  await symlink(dir, link);
  for (const out of [
    join(dir, 'workspace.sqlite'),
    join(dir, 'workspace.sqlite-wal'),
    join(dir, 'objects', 'new', 'predictions.csv'),
    join(link, 'workspace.sqlite'),
  ]) {
    expect(await messageOf(client.registry.predict({ model: 'risk', path, out }))).toBe(
      `workspace-own-file: "${out}" belongs to the workspace "${dir}" itself; name another place to write to`,
    );
  }
  expect(
    await messageOf(client.bundles.export({ model: 'risk', dir: join(dir, 'objects', 'bundle') })),
  ).toMatch(/^workspace-own-file: /);
  expect(await messageOf(client.registry.predict({ model: 'risk', path, out: folder }))).toBe(
    `input-invalid: registry.predict: out: "${folder}" is a folder; name a file`,
  );
  // What the user puts beside it is the user's.
  const out = join(dir, 'predictions.csv');
  await client.registry.predict({ model: 'risk', path, out });
  expect((await readFile(out, 'utf8')).startsWith('prediction,')).toBe(true);
  expect((await client.workspaces.verify({})).problems).toEqual([]);
});

test('text that no training row had is told, by column and example', async () => {
  const { client, folder } = await withModel();
  const { fields } = await client.registry.show({ model: 'risk@1' });
  const row = Object.fromEntries(fields.map(({ name, example }) => [name, example]));
  const expected = [
    'column "Home": 1 of 1 values were not seen in training, such as "castle"; what they mean is unknown to the model',
  ];
  const odd = { ...row, Home: 'castle' };
  expect((await client.registry.predict({ model: 'risk', rows: [odd] })).notes).toEqual(expected);
  expect((await client.registry.predict({ model: 'risk', rows: [row] })).notes).toEqual([]);
  const path = join(folder, 'odd.csv');
  await writeFile(path, `${Object.keys(odd).join(',')}\n${Object.values(odd).join(',')}\n`);
  expect((await client.registry.predict({ model: 'risk', path })).notes).toEqual(expected);
});
