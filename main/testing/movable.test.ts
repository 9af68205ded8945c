import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { buildTestApp } from './build-app.ts';

const sample = resolve(import.meta.dirname, '../../resources/samples/sacramento.csv');

test('after the whole main job with absolute paths everywhere, no byte of the workspace says where anything lay', async () => {
  const { client, dir, folder } = await buildTestApp();
  await client.datasets.import({ path: sample, name: 'sacramento' });
  const { run } = await client.training.run({
    recipe: 'target: price\nfamily: linear\n',
    dataset: 'sacramento',
  });
  await client.registry.add({ run: run.id, name: 'prices' });
  await client.bundles.export({ model: 'prices', dir: join(folder, 'a bundle') });
  await client.remotes.push({ model: 'prices', remote: `file:${join(folder, 'stick')}` });
  await client.registry.predict({ model: 'prices', path: sample, out: join(folder, 'predictions.csv') });
  await expect(client.datasets.import({ path: join(folder, 'missing file.csv') })).rejects.toThrow(
    'no file at',
  );
  await client.workspaces.close({});
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .map((name) => join(dir, name))
    .filter((path) => statSync(path).isFile());
  expect(files.length).toBeGreaterThan(10);
  const samples = resolve(sample, '..');
  for (const path of files) {
    const bytes = readFileSync(path);
    for (const secret of [folder, samples]) {
      const at = bytes.indexOf(secret);
      const words = bytes.subarray(Math.max(0, at - 60), at + 120).toString('latin1');
      expect(at, `${path}: ${words}`).toBe(-1);
    }
  }
});
