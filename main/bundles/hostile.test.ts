import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createStagingWriter, createObjectReader } from '../platform/objects/index.ts';
import { sha256 } from '../platform/files/index.ts';
import { buildTestApp } from '../testing/build-app.ts';
import { BundleRecord } from './content.ts';
import { runOpen } from './run-open.ts';
import { ensureSigningKey, writeSignature } from './signing/index.ts';

const table = [
  'price,size,city',
  ...Array.from({ length: 60 }, (_, i) => `${i * 7},${(i * 37) % 50},${'AB'[i % 2]}`),
].join('\n');

/** A signer who lies: the signature holds, and the records inside do not fit. */
async function open(edit: (record: BundleRecord, dir: string) => void | Promise<void>): Promise<unknown> {
  const { client, folder } = await buildTestApp();
  const path = join(folder, 'houses.csv');
  const dir = join(folder, 'bundle');
  await writeFile(path, table);
  await client.datasets.import({ path, name: 'houses' });
  const { run } = await client.training.run({ recipe: { target: 'price', family: 'linear' } });
  await client.registry.add({ run: run.id, name: 'houses' });
  await client.bundles.export({ model: 'houses', dir, withData: true });
  const lineage = join(dir, 'lineage.json');
  const record = BundleRecord.parse(JSON.parse(await readFile(lineage, 'utf8')));
  await edit(record, dir);
  await writeFile(lineage, JSON.stringify(record));
  const config = join(folder, 'home', 'config');
  await writeFile(
    join(dir, 'model.sig'),
    writeSignature('houses', await filesIn(dir), await ensureSigningKey(config)),
  );
  const objects = join(folder, 'empty');
  const context = {
    reader: createObjectReader(objects),
    writer: createStagingWriter(objects, join(folder, 'staging')),
    staging: join(folder, 'staging'),
    signal: new AbortController().signal,
    progress: () => undefined,
    log: () => undefined,
  };
  return runOpen({ dir, configFolder: config, stage: true }, context);
}

async function filesIn(dir: string): Promise<{ path: string; sha256: string }[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const plain = entries.filter((entry) => entry.isFile() && entry.name !== 'model.sig');
  return Promise.all(
    plain.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      return { path: path.slice(dir.length + 1), sha256: sha256(await readFile(path)) };
    }),
  );
}

const other = 'd'.repeat(64);
const objectAt = (record: BundleRecord, path: string) => {
  const found = record.objects.find((object) => object.path === path);
  if (!found) throw new Error(`no object at ${path}`);
  return found;
};

describe('a bundle that is signed and lies', () => {
  it('is taken when it does not', async () => {
    expect(await open(() => undefined)).toMatchObject({ problems: [], withData: true });
  });

  it.each<[string, (record: BundleRecord) => void, string]>([
    [
      'about its recipe',
      (r) => void (r.recipe.body['seed'] = 7),
      'the recipe is not the one that the run names',
    ],
    ['about its family', (r) => void (r.run.family = 'baseline'), 'another family or task'],
    ['about its rows', (r) => void (r.snapshot.rows = 61), 'the split is for another number of rows'],
    ['about its snapshot', (r) => void (r.snapshot.id = other), 'the data is another snapshot'],
    [
      'about a kind',
      (r) => void (objectAt(r, 'steps.json').kind = 'model'),
      '"steps.json" is said to be a model',
    ],
    [
      'about parts',
      (r) => void objectAt(r, 'model.safetensors').children.push(other),
      `"model.safetensors" can't have parts`,
    ],
    [
      'about the parts of its data',
      (r) => void objectAt(r, 'data/snapshot.json').children.pop(),
      'are not those it is said to have',
    ],
    [
      'by leaving a block out',
      (r) => void r.objects.splice(r.objects.indexOf(objectAt(r, 'data/0001-0000.arrow')), 1),
      'is not inside',
    ],
    [
      'by leaving its model out',
      (r) => void r.objects.splice(r.objects.indexOf(objectAt(r, 'model.safetensors')), 1),
      '"model.safetensors" is not among its objects',
    ],
  ])('is refused: %s', async (_, edit, reason) => {
    await expect(open(edit)).rejects.toMatchObject({
      code: 'bundle-inconsistent',
      message: expect.stringContaining(reason),
    });
  });

  it('is refused: data whose values are not those that the snapshot names', async () => {
    const lie = open(async (record, dir) => {
      // One block's values in another's place: a true Arrow file with its true digest, and a manifest that names it.
      await cp(join(dir, 'data', '0000-0000.arrow'), join(dir, 'data', '0001-0000.arrow'));
      const from = objectAt(record, 'data/0001-0000.arrow');
      const to = objectAt(record, 'data/0000-0000.arrow');
      const path = join(dir, 'data', 'snapshot.json');
      const manifest = (await readFile(path, 'utf8')).replaceAll(from.digest, to.digest);
      await writeFile(path, manifest);
      const snapshot = objectAt(record, 'data/snapshot.json');
      snapshot.children = snapshot.children.filter((digest) => digest !== from.digest);
      snapshot.digest = sha256(manifest);
      from.digest = to.digest;
    });
    await expect(lie).rejects.toMatchObject({
      code: 'snapshot-unreadable',
      message: expect.stringContaining('does not have the recorded content'),
    });
  });
});
