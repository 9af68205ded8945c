import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { buildTestApp, type TestApp } from '../../testing/build-app.ts';

const rows = (count: number, shift = 0): string =>
  Array.from({ length: count }, (_, i) => {
    const row = i + shift;
    return `${row},${['north', 'south', 'east'][row % 3]},${100 + ((row * 37) % 90)}\n`;
  }).join('');

let app: TestApp;
beforeEach(async () => {
  app = await buildTestApp();
});

async function importRows(text: string, name = 'houses'): Promise<void> {
  const path = join(app.folder, 'houses.csv');
  await writeFile(path, `id,place,price\n${text}`);
  await app.client.datasets.import({ path, name });
}

async function twoVersions(): Promise<void> {
  await importRows(rows(3000));
  await importRows(rows(3000, 40));
}

async function train(dataset: string): Promise<string> {
  const { run } = await app.client.training.run({ recipe: { target: 'price', family: 'linear' }, dataset });
  return run.id;
}

const problems = async () => (await app.client.workspaces.verify({})).problems;
const files = (): number =>
  readdirSync(join(app.dir, 'objects'), { recursive: true, withFileTypes: true }).filter((one) =>
    one.isFile(),
  ).length;

test('a tag finds its version wherever a number does, and moves', async () => {
  const { client } = app;
  await twoVersions();
  expect(await client.datasets.tag({ dataset: 'houses@1', tag: 'golden' })).toEqual({
    dataset: 'houses',
    version: 1,
    tags: ['golden'],
    movedFrom: null,
  });
  expect((await client.datasets.show({ dataset: 'houses@golden' })).version).toMatchObject({
    version: 1,
    tags: ['golden'],
  });
  expect((await client.lineage.show({ id: 'houses@golden' })).focus).toBe(
    (await client.lineage.show({ id: 'houses@1' })).focus,
  );
  const run = await train('houses@golden');
  expect((await client.training.show({ run })).run.version).toBe(1);
  expect((await client.datasets.diff({ from: 'houses@golden', to: 'houses' })).rows).toEqual({
    added: 40,
    removed: 40,
    changed: 0,
  });
  expect(await client.datasets.tag({ dataset: 'houses', tag: 'golden' })).toMatchObject({
    version: 2,
    movedFrom: 1,
  });
  await client.datasets.tag({ dataset: 'houses', tag: 'golden', remove: true });
  await expect(client.datasets.show({ dataset: 'houses@golden' })).rejects.toMatchObject({
    code: 'dataset-version-not-found',
  });
  await expect(client.datasets.tag({ dataset: 'houses', tag: '7' })).rejects.toMatchObject({
    code: 'input-invalid',
  });
  expect(await problems()).toEqual([]);
});

test('a note stays with its version until it is emptied', async () => {
  const { client } = app;
  await twoVersions();
  await client.datasets.note({ dataset: 'houses@1', text: 'before the merger' });
  expect((await client.datasets.show({ dataset: 'houses' })).versions.map(({ note }) => note)).toEqual([
    'before the merger',
    null,
  ]);
  await client.datasets.note({ dataset: 'houses@1', text: ' ' });
  expect((await client.datasets.show({ dataset: 'houses@1' })).version.note).toBeNull();
  const { records } = await client.lineage.journal({ limit: 1 });
  expect(records[0]).toMatchObject({ action: 'datasets.note', subjects: ['version_notes houses@1'] });
  expect(await problems()).toEqual([]);
});

test('a deleted version is in the trash, and comes back as it was', async () => {
  const { client } = app;
  await twoVersions();
  await client.datasets.tag({ dataset: 'houses@1', tag: 'golden' });
  await client.datasets.note({ dataset: 'houses@1', text: 'old' });
  const before = await client.datasets.show({ dataset: 'houses@1' });
  await client.datasets.delete({ dataset: 'houses@1' });
  await expect(client.datasets.show({ dataset: 'houses@1' })).rejects.toMatchObject({
    code: 'dataset-version-deleted',
    message: expect.stringContaining('`holdfast datasets restore houses@1` brings it back'),
  });
  const trash = await client.datasets.trash({});
  expect(trash.versions).toMatchObject([{ dataset: 'houses', version: 1, rows: 3000, columns: 3 }]);
  expect(await client.datasets.restore({ dataset: 'houses@1' })).toEqual({
    restored: [{ dataset: 'houses', version: 1 }],
  });
  expect(await client.datasets.show({ dataset: 'houses@1' })).toEqual(before);
  expect((await client.datasets.trash({})).versions).toEqual([]);
  await expect(client.datasets.restore({ dataset: 'houses@1' })).rejects.toMatchObject({
    code: 'trash-not-found',
  });
  expect(await problems()).toEqual([]);
});

test('emptying the trash keeps what another version shares, and tells the space', async () => {
  const { client } = app;
  await twoVersions();
  const second = await client.datasets.preview({ dataset: 'houses@2', limit: 100 });
  const used = (await client.workspaces.info({})).workspace;
  await client.datasets.delete({ dataset: 'houses@1' });
  const { frees } = await client.datasets.trash({});
  const emptied = await client.datasets.empty({});
  expect(emptied).toMatchObject({
    emptied: [{ dataset: 'houses', version: 1 }],
    before: { objects: used.counts.objects, bytes: used.size },
    removed: { bytes: frees },
  });
  expect(emptied.after.bytes).toBe(emptied.before.bytes - frees);
  // The second version is made of patches of the first one's blocks: only the manifest was the first one's alone.
  expect(emptied.removed.objects).toBe(1);
  expect(files()).toBe(emptied.after.objects);
  expect(await client.datasets.preview({ dataset: 'houses@2', limit: 100 })).toEqual(second);
  expect(await problems()).toEqual([]);
  // The number is never given again, and the deletion is known for good.
  await importRows(rows(10));
  expect((await client.datasets.show({ dataset: 'houses' })).version.version).toBe(3);
  await expect(client.datasets.show({ dataset: 'houses@1' })).rejects.toMatchObject({
    message: expect.stringContaining('its data is gone'),
  });
  await client.datasets.delete({ dataset: 'houses@3' });
  await importRows(rows(11));
  expect((await client.datasets.show({ dataset: 'houses' })).version.version).toBe(4);
});

test('a whole dataset goes, and nothing of it is left', async () => {
  const { client } = app;
  await twoVersions();
  await client.datasets.profile({ dataset: 'houses' });
  await client.datasets.diff({ from: 'houses@1', to: 'houses@2' });
  const { deleted } = await client.datasets.delete({ dataset: 'houses' });
  expect(deleted).toHaveLength(2);
  expect((await client.datasets.list({})).datasets).toEqual([]);
  expect((await client.workspaces.reclaim({ dryRun: true })).removed.objects).toBe(0);
  const { after } = await client.datasets.empty({});
  expect(after).toEqual({ objects: 0, bytes: 0 });
  expect(files()).toBe(0);
  expect(await problems()).toEqual([]);
});

test('what would lose its source is named, and a forced deletion is recorded with its reason', async () => {
  const { client } = app;
  await twoVersions();
  const run = await train('houses@1');
  await client.registry.add({ run, name: 'prices' });
  const { bundle } = await client.bundles.export({ model: 'prices', dir: join(app.folder, 'out') });
  await expect(client.datasets.delete({ dataset: 'houses@1' })).rejects.toMatchObject({
    code: 'dataset-in-use',
    details: {
      versions: ['houses@1'],
      datasets: [],
      runs: [run],
      models: ['prices@1'],
      bundles: [bundle.digest],
    },
  });
  const planned = await client.datasets.delete({ dataset: 'houses@1', dryRun: true });
  expect(planned.affects).toEqual({
    datasets: [],
    runs: [run],
    models: ['prices@1'],
    bundles: [bundle.digest],
  });
  expect((await client.datasets.show({ dataset: 'houses' })).versions).toHaveLength(2);
  await expect(client.datasets.delete({ dataset: 'houses@1', force: true })).rejects.toMatchObject({
    code: 'delete-needs-reason',
  });
  const reason = 'the owner asked for it';
  await client.datasets.delete({ dataset: 'houses@1', force: true, reason });
  // From the trash it can still be made again.
  expect((await client.lineage.reproduce({ run })).verdict).toBe('identical');
  expect((await client.training.show({ run })).run.dataDeleted).toBeNull();
  await client.datasets.empty({});
  expect((await client.training.show({ run })).run.dataDeleted).toMatchObject({ reason });
  await expect(client.lineage.reproduce({ run })).rejects.toMatchObject({
    code: 'run-data-missing',
    message: expect.stringContaining(reason),
  });
  const { nodes } = await client.lineage.show({ id: run });
  expect(nodes.find(({ kind }) => kind === 'snapshot')?.facts).toMatchObject({
    here: false,
    because: reason,
  });
  expect(await problems()).toEqual([]);
  // The same file again: the same snapshot, under a new number, and the run can be made again.
  await importRows(rows(3000));
  expect((await client.lineage.reproduce({ run })).verdict).toBe('identical');
});

test('a table that a query made of a version is named, and so is a tag in a query', async () => {
  const { client } = app;
  await importRows(rows(50));
  await client.datasets.tag({ dataset: 'houses', tag: 'golden' });
  await client.datasets.query({ sql: 'SELECT * FROM "houses@golden" WHERE price > 120', save: 'dear' });
  await expect(client.datasets.delete({ dataset: 'houses' })).rejects.toMatchObject({
    code: 'dataset-in-use',
    details: { datasets: ['dear@1'] },
  });
});

test('the same rows under another name leave everything its source', async () => {
  const { client } = app;
  await importRows(rows(500));
  await importRows(rows(500), 'copies');
  const run = await train('houses');
  await client.datasets.delete({ dataset: 'houses' });
  await client.datasets.empty({});
  expect((await client.lineage.reproduce({ run })).verdict).toBe('identical');
  expect(await problems()).toEqual([]);
});

test('one version of the trash may be emptied alone', async () => {
  const { client } = app;
  await importRows(rows(50));
  await importRows(rows(60, 1000));
  await client.datasets.delete({ dataset: 'houses' });
  await client.datasets.empty({ dataset: 'houses@2' });
  expect((await client.datasets.trash({})).versions).toMatchObject([{ version: 1 }]);
  await client.datasets.restore({ dataset: 'houses' });
  expect((await client.datasets.show({ dataset: 'houses' })).version.version).toBe(1);
  expect(await problems()).toEqual([]);
});
