import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { buildTestApp } from '../testing/build-app.ts';

const sample = resolve(import.meta.dirname, '../../resources/samples/sacramento.csv');

test("a push into the workspace's own objects is refused before anything is written", async () => {
  const { client, dir } = await buildTestApp();
  await client.datasets.import({ path: sample, name: 'sacramento' });
  const { run } = await client.training.run({ recipe: 'target: price\nfamily: baseline\n' });
  await client.registry.add({ run: run.id, name: 'prices' });
  const before = await client.lineage.journal({});
  await expect(
    client.remotes.push({ model: 'prices', remote: `file:${join(dir, 'objects')}` }),
  ).rejects.toMatchObject({
    code: 'workspace-own-file',
  });
  expect(await client.lineage.journal({})).toEqual(before);
  expect((await client.workspaces.verify({})).verified).toBe(true);
});
