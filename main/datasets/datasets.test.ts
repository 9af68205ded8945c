import { existsSync } from 'node:fs';
import { copyFile, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { expect, test } from 'vitest';
import { buildTestApp } from '../testing/build-app.ts';

const samples = new URL('../../resources/samples/', import.meta.url).pathname;

/** Ids of the samples, computed with the independent implementation in independent-id.py (Python 3.11). */
const golden = {
  sacramento: 'fa187cfa10a3ad00ba42c4f2e76220ae376ac0643650e195361559fac025adf2',
  credit: '8b2a6f41f0b2c905b72b036e32d616bd94d0aaae3df09730ebc03e8310e46717',
  'chicago-ridership': '1c2db54aee063b1892f6432d56114bf1a6285ba6974331dc0154760f590ed41f',
};

test.each(Object.entries(golden))('%s imports to its golden id', async (name, id) => {
  const { client } = await buildTestApp();
  const imported = await client.datasets.import({ path: join(samples, `${name}.csv`) });
  expect(imported).toMatchObject({ dataset: name, version: 1, added: true, snapshot: { id, rejected: 0 } });
});

test('the samples have the types a person would give them', async () => {
  const { client } = await buildTestApp();
  await client.datasets.import({ path: join(samples, 'sacramento.csv') });
  const { schema } = await client.datasets.show({ dataset: 'sacramento' });
  expect(Object.fromEntries(schema.map(({ name, type }) => [name, type]))).toEqual({
    city: 'utf8',
    zip: 'utf8',
    beds: 'int64',
    baths: 'float64',
    sqft: 'int64',
    type: 'utf8',
    price: 'int64',
    latitude: 'float64',
    longitude: 'float64',
  });
  const { notes } = await client.datasets.import({ path: join(samples, 'credit.csv') });
  expect(notes).toEqual(['unquoted "NA" taken for missing']);
  const { columns } = await client.datasets.profile({ dataset: 'credit' });
  // Counted with `awk -F, '$10 == "NA"'` and so on.
  expect(columns.map(({ name, missing }) => [name, missing]).filter(([, missing]) => missing)).toEqual([
    ['Home', 6],
    ['Marital', 1],
    ['Job', 2],
    ['Income', 381],
    ['Assets', 47],
    ['Debt', 18],
  ]);
});

test('the same content again is the same version, and stores nothing', async () => {
  const { client, folder } = await buildTestApp();
  const first = await client.datasets.import({ path: join(samples, 'sacramento.csv'), name: 'houses' });
  const before = (await client.workspaces.info({})).workspace;
  const copy = join(folder, 'renamed.csv');
  await copyFile(join(samples, 'sacramento.csv'), copy);
  const again = await client.datasets.import({ path: copy, name: 'houses' });
  expect(again).toEqual({ ...first, added: false });
  expect((await client.workspaces.info({})).workspace).toEqual(before);
  expect((await client.datasets.show({ dataset: 'houses' })).versions).toHaveLength(1);
});

test('a change makes a version that shares the unchanged columns', async () => {
  const { client, folder } = await buildTestApp();
  const path = join(folder, 'houses.csv');
  const text = await readFile(join(samples, 'sacramento.csv'), 'utf8');
  await writeFile(path, text);
  await client.datasets.import({ path });
  const before = (await client.workspaces.info({})).workspace.counts.objects;
  await writeFile(path, text.replace('59222', '59223'));
  const changed = await client.datasets.import({ path });
  expect(changed).toMatchObject({ dataset: 'houses', version: 2, added: true });
  // One block of the price column, and the manifest.
  expect((await client.workspaces.info({})).workspace.counts.objects).toBe(before + 2);
  const { datasets } = await client.datasets.list({});
  expect(datasets).toMatchObject([{ name: 'houses', versions: 2, latest: { version: 2 } }]);
  expect((await client.datasets.show({ dataset: 'houses@1' })).version.snapshot.id).toBe(golden.sacramento);
  expect((await client.workspaces.verify({})).problems).toEqual([]);
});

test('a preview is a window of rows that Arrow readers read', async () => {
  const { app, client } = await buildTestApp();
  await client.datasets.import({ path: join(samples, 'sacramento.csv') });
  const reply = await app.dispatch('datasets.preview', {
    dataset: 'sacramento',
    offset: 930,
    limit: 5,
    columns: ['price', 'zip'],
  });
  expect(reply.value).toEqual({ rows: 932, offset: 930, limit: 5 });
  const table = tableFromIPC(reply.table ?? new Uint8Array());
  expect(table.schema.fields.map(({ name }) => name)).toEqual(['price', 'zip']);
  expect(table.toArray().map((row) => ({ ...row.toJSON() }))).toEqual([
    { price: 235301n, zip: 'z95758' },
    { price: 235738n, zip: 'z95762' },
  ]);
});

test('rows that do not fit are listed, counted, and left out', async () => {
  const { client, folder } = await buildTestApp();
  const path = join(folder, 'ragged.csv');
  await writeFile(path, 'a,b\n1,"two\nlines"\n2\n3,x,y\n4,z\n');
  const imported = await client.datasets.import({ path });
  expect(imported.snapshot).toMatchObject({ rows: 2, rejected: 2 });
  expect(await client.datasets.rejects({ dataset: 'ragged' })).toEqual({
    total: 2,
    rejects: [
      { line: 4, column: null, reason: 'expected 2 fields, found 1', text: '2' },
      { line: 5, column: null, reason: 'expected 2 fields, found 3', text: '3,x,y' },
    ],
  });
  expect(await client.datasets.rejects({ dataset: 'ragged', offset: 1, limit: 1 })).toMatchObject({
    total: 2,
    rejects: [{ line: 5 }],
  });
});

test('a failed import leaves nothing behind', async () => {
  const { client, folder } = await buildTestApp();
  const path = join(folder, 'bad.csv');
  await writeFile(path, 'a,a\n1,2\n');
  await expect(client.datasets.import({ path })).rejects.toMatchObject({
    code: 'csv-column-duplicate',
    message: `"${path}" has 2 columns named "a" (columns 1, 2); every column needs a name of its own`,
  });
  expect((await client.workspaces.info({})).workspace.counts).toMatchObject({ datasets: 0, objects: 0 });
  expect((await client.datasets.list({})).datasets).toEqual([]);
});

test('unknown names are told with the known ones', async () => {
  const { client } = await buildTestApp();
  await expect(client.datasets.show({ dataset: 'houses' })).rejects.toMatchObject({
    code: 'dataset-not-found',
    message: 'there is no dataset "houses"; import one with `holdfast datasets import FILE`',
  });
  await client.datasets.import({ path: join(samples, 'sacramento.csv') });
  await expect(client.datasets.preview({ dataset: 'sacramento@7' })).rejects.toMatchObject({
    code: 'dataset-version-not-found',
    message: 'dataset "sacramento" has no version 7; its latest is 1',
  });
  await expect(client.datasets.preview({ dataset: 'sacramento', columns: ['prize'] })).rejects.toMatchObject({
    code: 'column-not-found',
  });
});

test('a profile is computed once and kept', async () => {
  const { client } = await buildTestApp();
  await client.datasets.import({ path: join(samples, 'sacramento.csv') });
  const first = await client.datasets.profile({ dataset: 'sacramento' });
  const { objects } = (await client.workspaces.info({})).workspace.counts;
  expect(await client.datasets.profile({ dataset: 'sacramento' })).toEqual(first);
  expect((await client.workspaces.info({})).workspace.counts.objects).toBe(objects);
  expect((await client.workspaces.verify({})).problems).toEqual([]);
});

test('a column that did not change is not profiled again', async () => {
  const { client, folder } = await buildTestApp();
  const path = join(folder, 'prices.csv');
  await writeFile(path, 'a,b\n1,x\n2,y\n');
  await client.datasets.import({ path });
  const first = await client.datasets.profile({ dataset: 'prices@1' });
  const kept = async (): Promise<number> => (await client.workspaces.info({})).workspace.counts.objects ?? 0;
  await writeFile(path, 'first,b\n1,x\n2,z\n');
  await client.datasets.import({ path });
  const before = await kept();
  const second = await client.datasets.profile({ dataset: 'prices@2' });
  expect(await kept()).toBe(before + 1);
  expect(second.columns[0]).toEqual({ ...first.columns[0], name: 'first' });
  expect(second.columns[1]?.content).not.toBe(first.columns[1]?.content);
  // What both have stays when one of them goes.
  await client.datasets.delete({ dataset: 'prices@1' });
  await client.datasets.empty({});
  expect(await client.datasets.profile({ dataset: 'prices@2' })).toEqual(second);
  expect((await client.workspaces.verify({})).problems).toEqual([]);
});

test('in a process of its own, the same id', async () => {
  const { client } = await buildTestApp({ processes: true });
  const { snapshot } = await client.datasets.import({ path: join(samples, 'sacramento.csv') });
  expect(snapshot.id).toBe(golden.sacramento);
});

test('an import that is cancelled stops within a second and leaves nothing', async () => {
  const { app, client, dir, folder } = await buildTestApp({ processes: true });
  const path = join(folder, 'long.csv');
  await writeFile(path, `a,b,c\n${'1.5,text,2024-01-01\n'.repeat(3_000_000)}`);
  const controller = new AbortController();
  let cancelled = 0;
  const running = app.dispatch(
    'datasets.import',
    { path },
    {
      signal: controller.signal,
      onProgress() {
        cancelled ||= performance.now();
        controller.abort();
      },
    },
  );
  await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  expect(performance.now() - cancelled).toBeLessThan(1000);
  expect((await client.workspaces.info({})).workspace.counts).toMatchObject({ datasets: 0, objects: 0 });
  expect(existsSync(join(dir, 'staging')) ? await readdir(join(dir, 'staging')) : []).toEqual([]);
  const [job] = (await client.jobs.list({})).jobs;
  expect(job).toMatchObject({ status: 'cancelled', title: 'import long.csv as long' });
});
