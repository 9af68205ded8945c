import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { Failure } from '../../preload/contract/errors.ts';
import { createApp } from '../app/index.ts';
import { buildTestApp } from '../testing/build-app.ts';

test('a new workspace verifies, and a copy of it opens elsewhere', async () => {
  const { client, dir, folder } = await buildTestApp();
  const report = await client.workspaces.verify({});
  expect(report).toMatchObject({ verified: true, problems: [], checked: { journal: 1, records: 3 } });
  await client.workspaces.close({});
  const moved = join(folder, 'moved');
  cpSync(dir, moved, { recursive: true });
  const { workspace } = await client.workspaces.open({ dir: moved });
  expect(workspace).toMatchObject({ name: 'test', writable: true });
  expect((await client.workspaces.verify({})).verified).toBe(true);
});

test('nothing in a workspace names where it lies', async () => {
  const { client, dir, folder } = await buildTestApp();
  await client.workspaces.close({});
  expect(readFileSync(join(dir, 'workspace.sqlite')).includes(folder)).toBe(false);
});

test('a record changed behind the back is named', async () => {
  const { client, dir } = await buildTestApp();
  await client.workspaces.close({});
  const db = new Database(join(dir, 'workspace.sqlite'));
  db.exec(`UPDATE meta SET value = 'other' WHERE key = 'name'`);
  db.close();
  await client.workspaces.open({ dir });
  const { verified, problems } = await client.workspaces.verify({});
  expect(verified).toBe(false);
  expect(problems).toMatchObject([
    {
      code: 'record-changed',
      what: 'meta name',
      message: 'meta name: it is not what the journal says it is',
    },
  ]);
});

test('a journal record that was rewritten is named, and the ones after it too', async () => {
  const { client, dir } = await buildTestApp();
  await client.workspaces.close({});
  const db = new Database(join(dir, 'workspace.sqlite'));
  db.exec(
    `DROP TRIGGER journal_is_append_only_update; UPDATE journal SET actor = 'somebody else' WHERE seq = 1`,
  );
  db.close();
  await client.workspaces.open({ dir });
  const { problems } = await client.workspaces.verify({});
  expect(problems).toMatchObject([{ code: 'journal-damaged', what: 'journal record 1' }]);
});

test('a second process may look but not write, and is told who holds the workspace', async () => {
  const { dir } = await buildTestApp();
  const second = await createApp({ host: 'a second host', jobs: 'inline', workspace: dir });
  const { value } = await second.dispatch('workspaces.info', {});
  expect(value).toMatchObject({ workspace: { writable: false } });
  await expect(second.dispatch('registry.add', { run: 'x', name: 'x' })).rejects.toThrow(
    `the workspace "${dir}" is being changed by a test (process ${process.pid}); close that first, or only look (reading works meanwhile)`,
  );
  await second.close();
});

test('folders that are no workspace, not empty, taken or too new are refused by name', async () => {
  const { client, dir, folder } = await buildTestApp();
  const none = join(folder, 'none');
  await expect(client.workspaces.open({ dir: none })).rejects.toThrow(
    `there is no workspace at "${none}"; \`holdfast workspaces create "${none}"\` makes one`,
  );
  await expect(client.workspaces.create({ dir })).rejects.toThrow(
    `"${dir}" is a workspace already; open it, or name another folder`,
  );
  const full = join(folder, 'full');
  mkdirSync(full);
  writeFileSync(join(full, 'letter.txt'), 'x');
  await expect(client.workspaces.create({ dir: full })).rejects.toThrow(
    `"${full}" is not empty (it holds "letter.txt"); a new workspace needs an empty or new folder`,
  );
  await client.workspaces.close({});
  const db = new Database(join(dir, 'workspace.sqlite'));
  db.pragma('user_version = 99');
  db.close();
  await expect(client.workspaces.open({ dir })).rejects.toMatchObject({
    code: 'workspace-too-new',
    details: { version: 99 },
  });
});

test('a database that is not one, or not ours, is refused and left as it is', async () => {
  const { client, dir } = await buildTestApp();
  await client.workspaces.close({});
  const file = join(dir, 'workspace.sqlite');
  const whole = readFileSync(file);
  const damaged = Buffer.from(whole);
  damaged[3] = (damaged[3] ?? 0) ^ 1;
  writeFileSync(file, damaged);
  await expect(client.workspaces.open({ dir })).rejects.toMatchObject({ code: 'workspace-damaged' });
  expect(readFileSync(file)).toEqual(damaged);
  writeFileSync(file, whole);
  await client.workspaces.open({ dir });
});

test('a wrong input is refused with the path', async () => {
  const { client } = await buildTestApp();
  await expect(client.workspaces.create({ dir: '' })).rejects.toMatchObject({
    code: 'input-invalid',
    details: { problems: [{ path: 'dir' }] },
  });
  await expect(client.jobs.start({ method: 'workspaces.info', input: {} })).rejects.toMatchObject({
    code: 'job-not-startable',
  });
});

test.skipIf(process.platform === 'win32')(
  'a folder deleted or replaced while it is open is noticed',
  async () => {
    const { client, dir, folder } = await buildTestApp();
    const path = join(folder, 'table.csv');
    writeFileSync(path, 'a,b\n1,2\n3,4\n');
    const code = async (): Promise<string> =>
      client.datasets.import({ path }).then(
        () => 'imported',
        (error: unknown) => (error instanceof Failure ? `${error.code}: ${error.message}` : String(error)),
      );
    const gone = `workspace-gone: the workspace "${dir}" was deleted, moved or replaced while it was open; nothing was kept. Put it back and do it again`;
    const aside = join(folder, 'aside');
    renameSync(dir, aside);
    expect(await code()).toBe(gone);
    cpSync(aside, dir, { recursive: true });
    expect(await code()).toBe(gone);
    rmSync(dir, { recursive: true });
    renameSync(aside, dir);
    expect(await code()).toBe('imported');
    expect((await client.workspaces.verify({})).problems).toEqual([]);
  },
);
