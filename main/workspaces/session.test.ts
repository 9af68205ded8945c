import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { createApp } from '../app/index.ts';
import { listObjects } from '../platform/objects/index.ts';
import { systemClock } from '../platform/clock.ts';
import { buildTestApp } from '../testing/build-app.ts';
import { createSession, type Session } from './index.ts';

const credit = new URL('../../resources/samples/credit.csv', import.meta.url).pathname;

function session(beforeLeaving: () => Promise<void> = () => Promise.resolve()): Session {
  return createSession({
    clock: systemClock,
    actor: 'a test',
    holder: 'this test',
    onChange: () => undefined,
    onSwitch: () => undefined,
    beforeLeaving,
  });
}

test('opened twice at once, and by another name of its folder, it stays writable', async () => {
  const { client, dir, folder } = await buildTestApp();
  await client.workspaces.close({});
  const link = join(folder, 'link');
  symlinkSync(dir, link);
  const both = await Promise.all([client.workspaces.open({ dir }), client.workspaces.open({ dir })]);
  expect(both.map(({ workspace }) => workspace.writable)).toEqual([true, true]);
  expect((await client.workspaces.open({ dir: link })).workspace.writable).toBe(true);
});

test('a workspace that could only be read becomes writable by opening it again when its writer has gone', async () => {
  const { app, dir } = await buildTestApp();
  const second = await createApp({ host: 'a second host', jobs: 'inline', workspace: dir });
  await app.close();
  const { value } = await second.dispatch('workspaces.open', { dir });
  expect(value).toMatchObject({ workspace: { writable: true } });
  await second.close();
});

test('a workspace that cannot be opened leaves the one before open, with its jobs', async () => {
  const { client, folder } = await buildTestApp();
  const { job } = await client.jobs.start({ method: 'datasets.import', input: { path: credit } });
  await expect(client.workspaces.open({ dir: join(folder, 'none') })).rejects.toMatchObject({
    code: 'workspace-not-open',
  });
  await expect
    .poll(async () => (await client.jobs.show({ job: job.id })).job.status, { timeout: 10_000 })
    .toBe('done');
  expect((await client.datasets.list({})).datasets.length).toBe(1);
});

test('a job of the workspace before commits nothing into the next one', async () => {
  const { client, folder } = await buildTestApp();
  const { job } = await client.jobs.start({ method: 'datasets.import', input: { path: credit } });
  const { workspace } = await client.workspaces.create({ dir: join(folder, 'second'), name: 'second' });
  expect(workspace.counts).toMatchObject({ datasets: 0, objects: 0 });
  await expect(client.jobs.show({ job: job.id })).rejects.toMatchObject({ code: 'job-not-found' });
  await client.workspaces.open({ dir: join(folder, 'workspace') });
  expect((await client.jobs.show({ job: job.id })).job.status).toBe('cancelled');
  expect((await client.workspaces.verify({})).problems).toEqual([]);
});

test('work in a workspace that was closed meanwhile is cancelled, and changes nothing', async () => {
  const { dir, client } = await buildTestApp();
  await client.workspaces.close({});
  const one = session();
  const workspace = await one.open(dir);
  await one.close();
  expect(workspace.closed).toBe(true);
  await expect(
    workspace.commit({ action: 'a late job', actor: 'x' }, (t) =>
      t.put('meta', { key: 'name', value: 'late' }),
    ),
  ).rejects.toMatchObject({ code: 'cancelled' });
});

test('what a failed commit had moved in is swept at the next opening', async () => {
  const { client, dir } = await buildTestApp();
  await client.workspaces.close({});
  const db = new Database(join(dir, 'workspace.sqlite'));
  db.exec(
    `CREATE TRIGGER full BEFORE INSERT ON versions BEGIN SELECT RAISE(ABORT, 'no room in this test'); END`,
  );
  db.close();
  await client.workspaces.open({ dir });
  await expect(client.datasets.import({ path: credit })).rejects.toThrow('no room in this test');
  expect((await client.datasets.list({})).datasets).toEqual([]);
  const objects = join(dir, 'objects');
  expect((await listObjects(objects)).digests.length).toBeGreaterThan(0);
  await client.workspaces.close({});
  await client.workspaces.open({ dir });
  expect((await listObjects(objects)).digests).toEqual([]);
  expect(readdirSync(join(dir, 'staging'))).toEqual([]);
});

test('a creation that was cut off is taken over; a foreign file of that name is not', async () => {
  const { client, folder } = await buildTestApp();
  const dir = join(folder, 'again');
  mkdirSync(join(dir, 'objects'), { recursive: true });
  writeFileSync(join(dir, 'workspace.sqlite'), '');
  expect((await client.workspaces.create({ dir })).workspace.writable).toBe(true);
  const foreign = join(folder, 'foreign');
  mkdirSync(foreign);
  writeFileSync(join(foreign, 'workspace.sqlite'), 'my own notes, not a database at all'.repeat(50));
  await expect(client.workspaces.create({ dir: foreign })).rejects.toMatchObject({
    code: 'workspace-exists',
  });
  expect(existsSync(join(foreign, 'objects'))).toBe(false);
  await expect(client.workspaces.create({ dir: join(foreign, 'workspace.sqlite') })).rejects.toMatchObject({
    code: 'not-writable',
  });
});

test('two imports of one name at once are two versions, two stage changes leave one live', async () => {
  const { client, folder } = await buildTestApp();
  const one = join(folder, 'one.csv');
  const two = join(folder, 'two.csv');
  writeFileSync(one, 'a,b\n1,2\n3,4\n5,6\n7,8\n9,10\n');
  writeFileSync(two, 'a,b\n1,2\n3,4\n5,6\n7,8\n9,11\n');
  const versions = await Promise.all(
    [one, two].map((path) => client.datasets.import({ path, name: 'numbers' })),
  );
  expect(versions.map(({ version }) => version).toSorted((a, b) => a - b)).toEqual([1, 2]);
  const { run } = await client.training.run({ recipe: 'target: b\nfamily: baseline\n', dataset: 'numbers' });
  for (let i = 0; i < 3; i++) await client.registry.add({ run: run.id, name: 'm' });
  await Promise.all(
    [1, 2, 3].map((version) => client.registry.stage({ model: `m@${version}`, stage: 'live' })),
  );
  const [model] = (await client.registry.list({})).models;
  expect(model?.versions.filter(({ stage }) => stage === 'live').length).toBe(1);
  expect((await client.workspaces.verify({})).problems).toEqual([]);
});
