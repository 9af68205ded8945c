import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildTestApp, type TestApp } from '../testing/build-app.ts';

const line = (row: number): string =>
  `${40 + ((row * 37) % 90)},${['north', 'south', 'east'][row % 3]},${9000 + 100 * ((row * 37) % 90) + (row % 7)}`;

async function importRows({ client, folder }: TestApp, from: number, to: number): Promise<void> {
  const path = join(folder, 'houses.csv');
  const lines = Array.from({ length: to - from }, (_, i) => line(from + i));
  await writeFile(path, `size,place,price\n${lines.join('\n')}\n`);
  await client.datasets.import({ path });
}

interface Exported {
  readonly bundle: { readonly files: readonly { readonly path: string; readonly sha256: string }[] };
}

function dataOf({ bundle }: Exported): Exported['bundle']['files'] {
  return bundle.files.filter(({ path }) => path.startsWith('data/'));
}

test('a version kept as patches leaves whole, comes in, and leaves again as the same bundle', async () => {
  const app = await buildTestApp();
  const { client, folder } = app;
  const remote = `file:${join(folder, 'remote')}`;
  await importRows(app, 0, 1500);
  await importRows(app, 20, 1520);
  const { run } = await client.training.run({
    recipe: { target: 'price', family: 'linear' },
    dataset: 'houses@2',
  });
  await client.registry.add({ run: run.id, name: 'prices' });
  const sent = await client.bundles.export({ model: 'prices', dir: join(folder, 'sent'), withData: true });
  expect((await client.bundles.verify({ dir: join(folder, 'sent') })).verified).toBe(true);
  expect((await readdir(join(folder, 'sent', 'data'))).toSorted()).toEqual([
    '0000-0000.arrow',
    '0001-0000.arrow',
    '0002-0000.arrow',
    'snapshot.json',
    'split.bin',
  ]);
  await client.remotes.push({ model: 'prices', remote, withData: true });
  const { version } = await client.datasets.show({ dataset: 'houses@2' });

  // Where no other version is.
  await client.workspaces.create({ dir: join(folder, 'elsewhere') });
  await client.remotes.pull({ remote });
  expect((await client.datasets.show({ dataset: 'houses' })).version.snapshot).toEqual(version.snapshot);
  const again = await client.bundles.export({ model: 'prices', dir: join(folder, 'again'), withData: true });
  expect(again.bundle.digest).toBe(sent.bundle.digest);
  expect((await client.lineage.reproduce({ run: run.id })).verdict).toBe('identical');

  // Where it is kept as patches: nothing of it is stored twice.
  await client.workspaces.create({ dir: join(folder, 'third') });
  await importRows(app, 0, 1500);
  await importRows(app, 20, 1520);
  await client.remotes.pull({ remote });
  expect((await client.datasets.show({ dataset: 'houses' })).versions).toHaveLength(2);
  const third = await client.bundles.export({
    model: 'prices',
    dir: join(folder, 'third-out'),
    withData: true,
  });
  // Imported at another time, it has another record; the data is the same to the byte.
  expect(dataOf(third)).toEqual(dataOf(sent));
  expect((await client.workspaces.verify({})).problems).toEqual([]);
});
