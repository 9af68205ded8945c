import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildTestApp } from '../../testing/build-app.ts';

async function withFolder(files: Readonly<Record<string, string>>) {
  const built = await buildTestApp();
  const path = join(built.folder, 'months');
  await mkdir(path);
  for (const [name, text] of Object.entries(files)) await writeFile(join(path, name), text);
  return { ...built, path };
}

test('a folder of files with the same columns is one table, in the order of their names', async () => {
  const { client, path, folder } = await withFolder({
    'b.csv': 'n,x,t\n3,1.5,007\n4,2.5,8\n',
    'a.csv': 'n,x,t\n1,1,1\n2,2,2\n',
    '.hidden': 'x',
  });
  const { snapshot, dataset, notes } = await client.datasets.import({ path });
  expect(dataset).toBe('months');
  expect(notes[0]).toBe('2 files, in the order of their names');
  // What differs between the files is widened: 1 and 1.5 are numbers, 1 and 007 are texts as they stand.
  const whole = join(folder, 'whole.csv');
  await writeFile(whole, 'n,x,t\n1,1,1\n2,2,2\n3,1.5,007\n4,2.5,8\n');
  const columns = { t: { type: 'utf8' } } as const;
  expect((await client.datasets.import({ path: whole, options: { columns } })).snapshot.id).toBe(snapshot.id);
  const { version } = await client.datasets.show({ dataset });
  expect(version.source?.file).toBe('months/');
  expect((await client.datasets.inspect({ path })).rows).toHaveLength(2);
});

test.each([
  [{}, 'folder-empty'],
  [{ 'a.csv': 'n\n1\n', 'b.json': '[]' }, 'folder-mixed'],
  [{ 'a.csv': 'n\n1\n', 'b.csv': 'm\n1\n' }, 'folder-schema'],
  [{ 'a.csv': 'n\n1\n', 'b.csv': 'n,m\n1,2\n' }, 'folder-schema'],
])('%j is refused', async (files: Readonly<Record<string, string>>, code) => {
  const { client, path } = await withFolder(files);
  await expect(client.datasets.import({ path })).rejects.toMatchObject({ code });
  expect((await client.datasets.list({})).datasets).toEqual([]);
});
