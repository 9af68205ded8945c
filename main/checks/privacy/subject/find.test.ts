import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildTestApp } from '../../../testing/build-app.ts';
import { standsIn } from './search.ts';

const secret = 'zoe.quark@example.org';

async function withPeople() {
  const built = await buildTestApp();
  const path = join(built.folder, 'people.csv');
  const rows = Array.from({ length: 60 }, (_, i) => `p${i}@example.org,${i % 7},${i % 3},${i * 2 + (i % 5)}`);
  const write = (lines: readonly string[]) => writeFile(path, `email,a,b,y\n${lines.join('\n')}\n`);
  await write([...rows, `${secret},1,2,30`, `${secret},3,1,31`]);
  await built.client.datasets.import({ path });
  await write([...rows, `${secret},1,2,30`]);
  await built.client.datasets.import({ path });
  await write(rows);
  await built.client.datasets.import({ path });
  return built;
}

async function bytesHold(dir: string, value: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const found = await Promise.all(
    files.map(async (path) => ((await readFile(path)).includes(value) ? [path] : [])),
  );
  return found.flat();
}

test('every version, run and model with rows of a person is found, the trash included', async () => {
  const { client } = await withPeople();
  const { run } = await client.training.run({
    dataset: 'people@1',
    recipe: 'target: y\nfamily: linear\nfeatures: [a, b]\n',
  });
  await client.registry.add({ run: run.id, name: 'm' });
  await client.datasets.query({ sql: `SELECT email AS mail FROM "people@2" WHERE a = 1`, save: 'ones' });
  await client.privacy.treat({
    dataset: 'people@1',
    steps: [{ treat: 'pseudonym', column: 'email' }],
    name: 'study',
  });
  await client.datasets.query({ sql: 'SELECT a, b FROM study', save: 'parts' });
  await client.datasets.delete({ dataset: 'people@2', force: true, reason: 'old' });
  const found = await client.privacy.find({ subject: 'people.email', value: secret });
  expect(found.snapshots).toEqual([
    expect.objectContaining({
      dataset: 'ones',
      version: 1,
      found: 1,
      trashed: false,
      columns: [{ name: 'mail', rows: 1, mentions: 0, person: true }],
    }),
    expect.objectContaining({ dataset: 'people', version: 1, rows: 62, found: 2, trashed: false }),
    expect.objectContaining({ dataset: 'people', version: 2, rows: 61, found: 1, trashed: true }),
  ]);
  expect(found.derived).toEqual([
    { dataset: 'study', version: 1, how: 'treatment', rows: 2, kept: false },
    { dataset: 'parts', version: 1, how: 'query', rows: null, kept: false },
  ]);
  expect(found.runs).toEqual([expect.objectContaining({ run: run.id, version: 1, split: true })]);
  expect(found.models).toEqual([{ model: 'm', version: 1, run: run.id }]);
  expect(found.records).toEqual([]);
  expect(JSON.stringify(found)).not.toContain('quark');
  const { steps } = await client.privacy.erase({ subject: 'people.email', value: secret, dryRun: true });
  expect(steps.map(({ action, what }) => `${action} ${what}`)).toEqual(
    expect.arrayContaining([
      'rewrite ones@1',
      'rewrite study@1',
      'remove parts@1',
      'rewrite people@1',
      'remove people@2 (in the trash)',
      `train-again run ${run.id}`,
      'train-again model m@1',
    ]),
  );
});

test('a person who learned into categories, stands in a query or in rejected rows is found there', async () => {
  const { client } = await withPeople();
  const { run } = await client.training.run({
    dataset: 'people@1',
    recipe: 'target: y\nfamily: linear\nfeatures: [email, a]\n',
  });
  await client.datasets.query({ sql: `SELECT a FROM people WHERE email <> '${secret}'`, save: 'others' });
  const found = await client.privacy.find({ subject: 'people.email', value: secret });
  expect(found.runs[0]?.run).toBe(run.id);
  expect(found.runs[0]?.parts.length).toBeGreaterThan(0);
  expect(found.records.map(({ table }) => table)).toEqual(expect.arrayContaining(['journal', 'versions']));
  const { steps } = await client.privacy.erase({ subject: 'people.email', value: secret, dryRun: true });
  expect(steps).toContainEqual(expect.objectContaining({ action: 'blank' }));
});

test('looking for a person leaves no trace of who it was', async () => {
  const { client, dir } = await withPeople();
  const value = 'nobody.here@example.org';
  expect((await client.privacy.find({ subject: 'people.email', value })).snapshots).toEqual([]);
  await client.privacy.erase({ subject: 'people.email', value, dryRun: true });
  expect(await bytesHold(dir, value)).toEqual([]);
  expect(await bytesHold(dir, secret)).not.toEqual([]);
});

test('numbers are found as they are written; short values in columns of that name alone', async () => {
  const { client } = await withPeople();
  const found = await client.privacy.find({ subject: 'people.a', value: '6' });
  expect(found.snapshots.map(({ columns }) => columns.map(({ name }) => name))).toEqual([
    ['a'],
    ['a'],
    ['a'],
  ]);
  expect(found.notes[0]).toContain('fewer than 4 characters');
});

test('what cannot be looked for is named', async () => {
  const { client } = await withPeople();
  const find = (subject: string) => client.privacy.find({ subject, value: secret });
  await expect(find('nobody')).rejects.toMatchObject({ code: 'subject-unreadable' });
  await expect(find('people.mail')).rejects.toMatchObject({ code: 'column-not-found' });
  const erase = client.privacy.erase({ subject: 'people.email', value: secret });
  await expect(erase).rejects.toMatchObject({ code: 'erasure-not-confirmed' });
});

test.each([
  ['"ann@x.org"', 'ann@x.org', true],
  ['2012', '12', false],
  ['12,13', '12', true],
  ['{"a":"say \\"hi\\""}', 'say "hi"', true],
  ['joann', 'ann', false],
  ['«ann»', 'ann', true],
])('in %s, %s stands: %s', (text, value, stands) => {
  expect(standsIn(new TextEncoder().encode(text), value)).toBe(stands);
});
