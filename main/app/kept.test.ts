import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildTestApp } from '../testing/build-app.ts';

test('what the page keeps is there after the next start, and none of it is in a workspace', async () => {
  const { client, dir, folder } = await buildTestApp();
  await client.system.keep({ key: 'settings', value: { theme: 'dark', rows: [1, null] } });
  await client.system.keep({ key: 'tabs.ws_1', value: ['/data/houses'] });
  expect(await client.system.kept({})).toEqual({
    entries: { settings: { theme: 'dark', rows: [1, null] }, 'tabs.ws_1': ['/data/houses'] },
  });
  await client.system.keep({ key: 'tabs.ws_1', value: null });
  expect(Object.keys((await client.system.kept({})).entries)).toEqual(['settings']);
  expect(await readdir(join(folder, 'home', 'config', 'page'))).toEqual(['settings.json']);
  expect((await readdir(dir)).filter((name) => name.includes('settings'))).toEqual([]);
});

test('of many writes at once the last one stays', async () => {
  const { client } = await buildTestApp();
  await Promise.all(
    Array.from({ length: 20 }, (_, i) => client.system.keep({ key: 'draft', value: { at: i } })),
  );
  expect((await client.system.kept({})).entries).toEqual({ draft: { at: 19 } });
});

test('a damaged entry is as if it had never been kept; others are read', async () => {
  const { client, folder } = await buildTestApp();
  await client.system.keep({ key: 'good', value: 1 });
  await client.system.keep({ key: 'bad', value: 2 });
  await writeFile(join(folder, 'home', 'config', 'page', 'bad.json'), '{"half":');
  await writeFile(join(folder, 'home', 'config', 'page', 'README.txt'), 'hello');
  expect((await client.system.kept({})).entries).toEqual({ good: 1 });
});

test.each([
  ['../escape', 1, 'expected 1 to 100 of a-z'],
  ['Upper', 1, 'expected 1 to 100 of a-z'],
  ['big', 'x'.repeat(512_000), 'at most 512,000 characters'],
])('%s is refused', async (key, value, reason) => {
  const { client } = await buildTestApp();
  await expect(client.system.keep({ key, value })).rejects.toThrow(reason);
  expect((await client.system.kept({})).entries).toEqual({});
});
