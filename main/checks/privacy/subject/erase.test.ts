import { cpSync, existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { tableFromIPC } from 'apache-arrow';
import { expect, test } from 'vitest';
import { buildTestApp, type TestApp } from '../../../testing/build-app.ts';

const key = 'zoe.quark@example.org';
const name = 'Zoe Quarkenstein';
const id = 4_821_307_755;
const subject = 'people.email';

/** Sixty people and one more, in two versions; in the third she is gone. */
async function withPeople() {
  const built = await buildTestApp();
  const path = join(built.folder, 'people.csv');
  const rows = Array.from(
    { length: 60 },
    (_, i) => `p${i}@example.org,Person ${i},${4_000_000_000 + i},${i % 7},${i * 2 + (i % 5)},ok`,
  );
  const zoe = `${key},${name},${id},1,30,ok`;
  const friend = `friend@example.org,A Friend,4000000099,2,31,"ask ${key}, she knows"`;
  const write = (lines: readonly string[]) =>
    writeFile(path, `email,name,id,a,y,note\n${lines.join('\n')}\n`);
  for (const lines of [[...rows, zoe, friend], [zoe, ...rows], rows]) {
    await write(lines);
    await built.client.datasets.import({ path });
  }
  return built;
}

const erase = ({ client }: TestApp, more = {}) =>
  client.privacy.erase({ subject, value: key, yes: true, reason: 'she asked for it', ...more });

/** What stands in the bytes of any file of the workspace. */
async function holding(dir: string): Promise<string[]> {
  const number = Buffer.alloc(8);
  number.writeBigInt64LE(BigInt(id));
  const double = Buffer.alloc(8);
  double.writeDoubleLE(id);
  const needles = [key, name, String(id)].flatMap((text) => [
    Buffer.from(text),
    Buffer.from(text, 'utf16le'),
    Buffer.from(text, 'utf16le').swap16(),
  ]);
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const found = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        const bytes = await readFile(path);
        return [...needles, number, double].some((needle) => bytes.includes(needle)) ? [path] : [];
      }),
  );
  return found.flat();
}

async function emails({ app }: TestApp, dataset: string, column = 'email'): Promise<unknown[]> {
  const { table } = await app.dispatch('datasets.query', { sql: `SELECT "${column}" FROM "${dataset}"` });
  return tableFromIPC(table)
    .toArray()
    .map((row) => (row.toJSON() as Record<string, unknown>)[column]);
}

const problems = async ({ client }: TestApp) => (await client.workspaces.verify({})).problems;

test('after an erasure no byte of the workspace tells of the person, and all of it verifies', async () => {
  const built = await withPeople();
  const { client, dir } = built;
  const recipe = 'target: y\nfamily: linear\nfeatures: [name, a]\n';
  const { run } = await client.training.run({ dataset: 'people@1', recipe });
  const other = await client.training.run({ dataset: 'people@3', recipe });
  await client.registry.add({ run: run.id, name: 'm' });
  await client.bundles.export({ model: 'm', dir: join(dir, 'bundles', 'm'), withData: true });
  await client.datasets.profile({ dataset: 'people@1' });
  await client.datasets.diff({ from: 'people@1', to: 'people@2' });
  await client.datasets.diff({ from: 'people@2', to: 'people@3' });
  await client.datasets.note({ dataset: 'people@3', text: `without ${key} and ${name}` });
  await client.datasets.tag({ dataset: 'people@1', tag: 'golden' });
  await client.datasets.query({ sql: `SELECT name FROM people WHERE email <> '${key}'`, save: 'others' });
  await client.datasets.query({ sql: `SELECT name, a FROM "people@1"`, save: 'names' });
  await client.privacy.treat({
    dataset: 'people@1',
    steps: [{ treat: 'pseudonym', column: 'email' }],
    name: 'study',
  });
  await client.datasets.query({ sql: `SELECT * FROM "people@2"`, save: 'copy' });
  await client.datasets.delete({ dataset: 'people@2', force: true, reason: 'old' });
  const before = await client.datasets.show({ dataset: 'people@1' });
  const third = await client.datasets.show({ dataset: 'people@3' });
  expect(await holding(dir)).not.toEqual([]);

  const planned = await client.privacy.erase({ subject, value: key, dryRun: true });
  expect(planned.erased).toBeNull();
  expect(planned.steps).toContainEqual(
    expect.objectContaining({ action: 'remove', what: 'bundle folder bundles/m' }),
  );
  expect(await problems(built)).toEqual([]);
  const { erased } = await erase(built, { expect: planned.plan });
  expect(erased).toMatchObject({ finished: true, runs: [run.id], models: ['m@1'], scanned: { found: [] } });

  expect(await holding(dir)).toEqual([]);
  expect(await problems(built)).toEqual([]);
  // Versions keep their numbers, tags and order; what did not hold her is the same snapshot as before.
  const after = await client.datasets.show({ dataset: 'people@golden' });
  expect(after.version).toMatchObject({ version: 1, snapshot: { rows: 61 } });
  expect(after.version.snapshot.id).not.toBe(before.version.snapshot.id);
  expect((await client.datasets.show({ dataset: 'people@3' })).version.snapshot).toEqual(
    third.version.snapshot,
  );
  expect(await emails(built, 'people@1')).toEqual([
    ...Array.from({ length: 60 }, (_, i) => `p${i}@example.org`),
    'friend@example.org',
  ]);
  expect((await emails(built, 'people@1', 'note')).at(-1)).toBe('ask [erased], she knows');
  expect(await emails(built, 'copy')).toHaveLength(60);
  expect(await emails(built, 'study')).toHaveLength(61);
  // A query's result in which she may be without her key is gone, and says so.
  await expect(client.datasets.show({ dataset: 'names' })).rejects.toMatchObject({
    code: 'dataset-version-deleted',
  });
  expect((await client.datasets.trash({})).versions).toEqual([]);
  // The run is on record without what it made; another one works as before.
  expect((await client.training.show({ run: run.id })).run).toMatchObject({ status: 'erased' });
  await expect(client.lineage.reproduce({ run: run.id })).rejects.toMatchObject({
    code: 'run-not-finished',
  });
  expect((await client.registry.list({})).models[0]?.versions[0]?.stage).toBe('archived');
  expect((await client.lineage.reproduce({ run: other.run.id })).verdict).toBe('identical');
  // Old ids are known as erased.
  const { erasures } = await client.privacy.erasures({});
  expect(erasures).toMatchObject([{ key: subject, reason: 'she asked for it', models: ['m@1'] }]);
  expect(erasures[0]?.finished).not.toBeNull();
  expect(erasures[0]?.snapshots).toContainEqual({
    from: before.version.snapshot.id,
    to: after.version.snapshot.id,
    rows: 1,
    versions: ['people@1'],
  });
  for (const dataset of ['people@1', 'people@3', 'others']) await client.lineage.show({ id: dataset });
  await client.datasets.diff({ from: 'people@1', to: 'people@3' });
  await client.datasets.profile({ dataset: 'people@1' });

  // Closed, moved and opened again: the same.
  await client.workspaces.close({});
  const moved = join(built.folder, 'moved');
  cpSync(dir, moved, { recursive: true });
  await client.workspaces.open({ dir: moved });
  expect(await problems(built)).toEqual([]);
  expect(await holding(moved)).toEqual([]);
  const again = await erase(built);
  expect(again.steps).toEqual([]);
  expect(again.erased).toMatchObject({ snapshots: [], objects: 0, journal: 0 });
  expect((await client.privacy.erasures({})).erasures).toHaveLength(1);
});

test('a number is erased by its number, and its name in other columns is left to be looked at', async () => {
  const built = await withPeople();
  const { client, dir } = built;
  await client.datasets.query({ sql: 'SELECT id AS account, a FROM "people@1"', save: 'accounts' });
  const { steps } = await client.privacy.erase({ subject: 'people.id', value: String(id), dryRun: true });
  expect(steps.map(({ action, what }) => `${action} ${what}`)).toEqual(
    expect.arrayContaining(['rewrite people@1', 'rewrite people@2', 'look accounts@1']),
  );
  await client.datasets.delete({ dataset: 'accounts' });
  await client.datasets.empty({});
  await erase(built, { subject: 'people.id', value: String(id) });
  await erase(built);
  expect(await holding(dir)).toEqual([]);
  expect(await problems(built)).toEqual([]);
});

test('a version that was looked at may be kept', async () => {
  const built = await withPeople();
  const { client } = built;
  await client.datasets.query({ sql: 'SELECT a, count(*) AS n FROM "people@1" GROUP BY a', save: 'counts' });
  const { steps } = await client.privacy.erase({
    subject,
    value: key,
    dryRun: true,
    keep: ['counts@1'],
  });
  expect(steps).toContainEqual(expect.objectContaining({ action: 'look', what: 'counts@1' }));
  await erase(built, { keep: ['counts@1'] });
  expect((await client.datasets.show({ dataset: 'counts' })).version.snapshot.rows).toBe(7);
  expect(await problems(built)).toEqual([]);
});

test('a table of one person goes whole; the user’s own file stays and is named', async () => {
  const built = await withPeople();
  const { client, dir } = built;
  await client.datasets.query({ sql: `SELECT * FROM "people@1" WHERE id > 4100000000`, save: 'zoe' });
  await writeFile(join(dir, 'mine.csv'), `email\n${key}\n`, 'utf16le');
  const { erased } = await erase(built);
  expect(erased?.scanned.found).toEqual(['mine.csv']);
  expect(existsSync(join(dir, 'mine.csv'))).toBe(true);
  await expect(client.datasets.show({ dataset: 'zoe' })).rejects.toMatchObject({
    code: 'dataset-version-deleted',
  });
  expect(await problems(built)).toEqual([]);
});

test('nothing happens without a word, after the plan has changed, or while work goes on', async () => {
  const built = await withPeople();
  const { client } = built;
  const { plan } = await client.privacy.erase({ subject, value: key, dryRun: true });
  await expect(client.privacy.erase({ subject, value: key })).rejects.toMatchObject({
    code: 'erasure-not-confirmed',
  });
  await client.datasets.query({ sql: 'SELECT * FROM "people@1"', save: 'copy' });
  await expect(erase(built, { expect: plan })).rejects.toMatchObject({ code: 'erasure-plan-changed' });
  const { journal } = (await client.workspaces.info({})).workspace;
  expect((await client.privacy.erasures({})).erasures).toEqual([]);
  expect(await emails(built, 'people@1')).toContain(key);
  expect((await client.workspaces.info({})).workspace.journal).toEqual(journal);
});

test('who blanks a record of the journal without recording it is found out', async () => {
  const built = await withPeople();
  const { client, dir } = built;
  await client.datasets.note({ dataset: 'people@3', text: `without ${key}` });
  const { erased } = await erase(built);
  expect(erased?.journal).toBeGreaterThan(0);
  await client.workspaces.close({});
  const db = new Database(join(dir, 'workspace.sqlite'));
  db.exec(`DROP TRIGGER journal_is_append_only_update;
    UPDATE journal SET changes = replace(changes, 'without [erased]', 'without anybody')`);
  db.close();
  await client.workspaces.open({ dir });
  expect(await problems(built)).toContainEqual(expect.objectContaining({ code: 'journal-damaged' }));
});

test('models may be kept with a mark: golden rows of the person go, what holds her goes all the same, and no byte is left', async () => {
  const built = await withPeople();
  const { client, dir } = built;
  const train = async (recipe: string) =>
    (await client.training.run({ dataset: 'people@1', recipe: `target: y\n${recipe}` })).run.id;
  const plain = await train('family: linear\nfeatures: [a, id]\nsplit: 20/20/60\n');
  const named = await train('family: linear\nfeatures: [name, a]\n');
  const near = await train('family: neighbours\nfeatures: [a, id]\n');
  const worded = await train(
    'family: linear\nfeatures: [a, note]\nsteps: [{tf-idf: {columns: [note], min_rows: 1}}]\n',
  );
  await client.registry.add({ run: plain, name: 'kept' });
  await client.registry.add({ run: near, name: 'near' });
  const golden = async (run: string) =>
    (await client.training.show({ run })).run.status === 'done' ? run : null;

  const planned = await erase(built, { yes: false, dryRun: true, keepModels: true });
  const actionOf = (what: string) => planned.steps.find((step) => step.what === what);
  expect([plain, named, near, worded].map((run) => actionOf(`run ${run}`)?.action)).toEqual([
    'keep',
    'keep',
    'train-again',
    'train-again',
  ]);
  expect(actionOf(`run ${near}`)?.because).toContain(
    "it can't be kept: a model of the family neighbours holds training rows",
  );
  expect(actionOf(`run ${worded}`)?.because).toContain('its step tf-idf holds words of the rows');
  expect(actionOf('model kept@1')?.action).toBe('keep');
  expect(
    (await erase(built, { yes: false, dryRun: true })).steps.some(({ action }) => action === 'keep'),
  ).toBe(false);

  const { erased } = await erase(built, { keepModels: true, expect: planned.plan });
  // The one whose steps hold her name went too, although the value itself is not in them.
  expect(erased?.kept).toEqual([plain]);
  expect(erased?.runs.toSorted()).toEqual([named, near, worded].toSorted());
  expect(erased?.models).toEqual(['near@1']);
  expect(erased?.scanned.found).toEqual([]);
  expect(await holding(dir)).toEqual([]);
  expect(await problems(built)).toEqual([]);

  expect(await golden(plain)).toBe(plain);
  const { run } = await client.training.show({ run: plain });
  expect(run.trainedOnErased?.persons).toBe(1);
  expect(run.notes.at(-1)).toMatch(/^rows of a person that it learned from, .* the model was kept$/);
  const { models } = await client.registry.list({});
  const version = models.find(({ name: of }) => of === 'kept')?.versions[0];
  expect([version?.stage, version?.trainedOnErased?.persons]).toEqual(['candidate', 1]);
  expect(version?.history.at(-1)?.change).toContain('kept, although');
  const { audit } = await client.lineage.audit({ id: 'kept' });
  expect(audit.run['learned from']).toMatch(/^rows of 1 person erased since/);
  const rows = [{ a: 3, id: 4_000_000_005 }];
  expect((await client.registry.predict({ model: 'kept', rows })).predictions).toHaveLength(1);
});

test('a person who is a level of ordered categories is in no type afterwards', async () => {
  const { client, folder, dir } = await buildTestApp();
  const path = join(folder, 'seats.csv');
  await writeFile(path, 'seat,who\n1,Annabella\n2,Bobbyson\n3,Annabella\n');
  const columns = { who: { type: 'ordered["Zoelline","Annabella","Bobbyson"]' as const } };
  await client.datasets.import({ path, options: { columns } });
  // One has rows; the other is a level that no row has.
  for (const value of ['Annabella', 'Zoelline'])
    await client.privacy.erase({ subject: 'seats.who', value, yes: true, reason: 'asked for' });
  const { schema, version } = await client.datasets.show({ dataset: 'seats' });
  expect(version.snapshot.rows).toBe(1);
  expect(schema[1]).toEqual({ name: 'who', type: 'categorical' });
  const files = await readdir(dir, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const file of files.filter((one) => one.isFile()))
    if ((await readFile(join(file.parentPath, file.name))).includes('Annabella')) found.push(file.name);
  expect(found).toEqual([]);
});
