import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { oracles, runOracle } from '../testing/python-oracle.ts';
import { buildTestApp, type TestApp } from '../testing/build-app.ts';
import { BundleRecord } from './content.ts';
import { ensureSigningKey } from './signing/index.ts';

/** Every type of column there is; whole numbers and yes/no with and without gaps. */
const table = [
  'price,size,rooms,garden,lift,city,built,sold',
  ...Array.from({ length: 120 }, (_, i) => {
    const size = 40 + ((i * 37) % 90) + 0.5;
    const rooms = 1 + ((i * 7) % 5);
    const cells = [
      1000 * size + 5000 * rooms + ((i * 13) % 17) * 300,
      i % 10 === 3 ? '' : size,
      rooms,
      i % 3 === 0,
      i % 7 === 2 ? '' : i % 2 === 0,
      i % 11 === 5
        ? ''
        : ['Köln', 'Bonn', 'New "York"'][i % 3]?.replaceAll('"', '""').replace(/^(.*".*)$/, '"$1"'),
      `19${String(50 + (i % 40)).padStart(2, '0')}-03-0${1 + (i % 9)}`,
      i % 4 === 0 ? 'yes, sold' : i % 4 === 1 ? 'no' : 'reserved',
    ];
    return cells
      .map((cell) => (typeof cell === 'string' && cell.includes(',') ? `"${cell}"` : cell))
      .join(',');
  }),
].join('\n');

let test: TestApp;
beforeEach(async () => {
  test = await buildTestApp();
});

async function makeModel(
  { client, folder }: TestApp,
  target: 'price' | 'sold',
  name: string,
): Promise<string> {
  const path = join(folder, 'houses.csv');
  await writeFile(path, table);
  await client.datasets.import({ path, name: 'houses' });
  const { run } = await client.training.run({ recipe: { target, family: 'linear' } });
  await client.registry.add({ run: run.id, name, notes: 'a *note*' });
  return run.id;
}

describe('bundles', () => {
  it.each(['price', 'sold'] as const)('leave signed and verify (%s), the same twice', async (target) => {
    const { client, folder } = test;
    await makeModel(test, target, 'houses');
    const one = await client.bundles.export({ model: 'houses', dir: join(folder, 'one') });
    const two = await client.bundles.export({ model: 'houses@1', dir: join(folder, 'two'), withData: false });
    // The signature too: the same files are signed once.
    expect(two).toEqual(one);
    const { own } = await client.bundles.keys({});
    expect(await client.bundles.verify({ dir: join(folder, 'two') })).toEqual({
      verified: true,
      problems: [],
      signer: own,
      digest: one.bundle.digest,
    });
    const record = BundleRecord.parse(
      JSON.parse(await readFile(join(folder, 'one', 'lineage.json'), 'utf8')),
    );
    expect(record.dataset.imported?.source?.file).toBe('houses.csv');
    expect(one.bundle.files.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        'MLmodel',
        'Kitfile',
        'model.onnx',
        'model.safetensors',
        'model.sig',
        'MODEL_CARD.md',
      ]),
    );
    expect((await client.workspaces.verify({})).problems).toEqual([]);
  });

  it('hold the data itself on request', async () => {
    const { client, folder } = test;
    await makeModel(test, 'price', 'houses');
    const without = await client.bundles.export({ model: 'houses', dir: join(folder, 'without') });
    const { bundle } = await client.bundles.export({
      model: 'houses',
      dir: join(folder, 'with'),
      withData: true,
    });
    expect(bundle.digest).not.toBe(without.bundle.digest);
    const arrow = (files: typeof bundle.files) => files.filter(({ path }) => path.endsWith('.arrow')).length;
    expect([arrow(without.bundle.files), arrow(bundle.files)]).toEqual([0, 8]);
    expect((await client.bundles.verify({ dir: join(folder, 'with') })).problems).toEqual([]);
  });

  it('are refused for models and folders that are not there, or full', async () => {
    const { client, folder } = test;
    await expect(client.bundles.export({ model: 'none', dir: join(folder, 'x') })).rejects.toMatchObject({
      code: 'model-not-found',
    });
    await makeModel(test, 'price', 'houses');
    await expect(client.bundles.export({ model: 'houses', dir: folder })).rejects.toThrow(
      'exists and is not empty',
    );
    await mkdir(join(folder, 'empty'));
    await client.bundles.export({ model: 'houses', dir: join(folder, 'empty') });
    await expect(
      client.bundles.export({ model: 'houses', dir: join(folder, 'houses.csv', 'below') }),
    ).rejects.toMatchObject({
      name: 'Failure',
    });
  });

  it('name what was changed, added and missing', async () => {
    const { client, folder } = test;
    await makeModel(test, 'price', 'houses');
    const dir = join(folder, 'bundle');
    await client.bundles.export({ model: 'houses', dir });
    await writeFile(join(dir, 'recipe.yaml'), 'target: other\n');
    await rm(join(dir, 'metrics.json'));
    await writeFile(join(dir, 'extra.txt'), 'x');
    const result = await client.bundles.verify({ dir });
    expect(result.verified).toBe(false);
    expect(result.problems).toEqual([
      { code: 'file-missing', path: 'metrics.json', message: '"metrics.json" was signed and is not there' },
      { code: 'file-changed', path: 'recipe.yaml', message: '"recipe.yaml" was changed after it was signed' },
      { code: 'file-extra', path: 'extra.txt', message: '"extra.txt" is there and was not signed' },
    ]);
  });

  it('are trusted under a name, once their fingerprint was compared', async () => {
    const { client, folder } = test;
    await makeModel(test, 'price', 'houses');
    const dir = join(folder, 'bundle');
    await client.bundles.export({ model: 'houses', dir });
    const { own } = await client.bundles.keys({});
    await rm(join(folder, 'home'), { recursive: true });
    expect((await client.bundles.verify({ dir })).signer).toEqual({
      fingerprint: own?.fingerprint,
      name: null,
    });
    expect(await client.bundles.trust({ dir, name: 'Ana' })).toEqual({
      signer: { fingerprint: own?.fingerprint, name: 'Ana' },
    });
    expect((await client.bundles.verify({ dir })).signer?.name).toBe('Ana');
    expect((await client.bundles.keys({})).own).toBeNull();
    await ensureSigningKey(join(folder, 'home', 'config'));
    expect((await client.bundles.keys({})).trusted).toEqual([{ fingerprint: own?.fingerprint, name: 'Ana' }]);
  });

  it('leave no part of themselves when a golden row comes out differently', async () => {
    const { client, folder, dir } = test;
    await makeModel(test, 'price', 'houses');
    const before = await readdir(folder);
    // A model whose bytes were exchanged in the store is found by its digest, before anything reads it.
    const objects = await readdir(join(dir, 'objects'), { recursive: true, withFileTypes: true });
    for (const entry of objects) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      const bytes = await readFile(path);
      if (!bytes.includes('__metadata__')) continue;
      bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
      await rm(path);
      await writeFile(path, bytes);
    }
    await expect(
      client.bundles.export({ model: 'houses', dir: join(folder, 'bundle') }),
    ).rejects.toMatchObject({
      code: 'object-damaged',
    });
    expect(await readdir(folder)).toEqual(before);
  });
});

const Predicted = z.object({ worst: z.number(), rows: z.int(), types: z.record(z.string(), z.string()) });

describe.skipIf(oracles === undefined)('real mlflow', () => {
  const program = `
import json, sys, warnings
warnings.filterwarnings('ignore')
import numpy as np, pandas as pd, mlflow
dir, csv, predictions = sys.argv[1:4]
model = mlflow.pyfunc.load_model(dir)
frame = pd.read_csv(csv)
epoch = pd.Timestamp('1970-01-01')
frame['built'] = (pd.to_datetime(frame['built']) - epoch) / pd.Timedelta(days=1)
frame = frame[[field.name for field in model.metadata.get_input_schema().inputs]]
worst = 0.0
ours = pd.read_csv(predictions)
theirs = model.predict(frame)
for name in ours.columns:
    if pd.api.types.is_numeric_dtype(ours[name]):
        worst = max(worst, float((np.abs(ours[name] - theirs[name]) / np.maximum(1, np.abs(ours[name]))).max()))
    else: assert list(ours[name]) == list(theirs[name])
golden = json.load(open(dir + '/golden.json', encoding='utf8'))
again = model.predict(pd.DataFrame([row['inputs'] for row in golden['rows']]))
for i, row in enumerate(golden['rows']):
    for name, value in row['outputs'].items(): worst = max(worst, abs(value - again[name][i]) / max(1, abs(value)))
types = {field.name: field.type.name for field in model.metadata.get_input_schema().inputs}
print(json.dumps({'worst': worst, 'rows': len(theirs), 'types': types}))
`;

  it.each(['price', 'sold'] as const)('predicts a CSV as we do, and the golden rows (%s)', async (target) => {
    const { client, folder } = test;
    await makeModel(test, target, 'houses');
    const dir = join(folder, 'bundle');
    await client.bundles.export({ model: 'houses', dir });
    const csv = join(folder, 'houses.csv');
    const out = join(folder, 'predictions.csv');
    await client.registry.predict({ model: 'houses', path: csv, out });
    await cp(dir, join(folder, 'copy'), { recursive: true });
    const result = Predicted.parse(
      JSON.parse(await runOracle(['-c', program, join(folder, 'copy'), csv, out])),
    );
    expect(result.rows).toBe(120);
    expect(result.worst).toBeLessThan(1e-6);
    expect(result.types).toMatchObject({
      size: 'double',
      rooms: 'long',
      garden: 'boolean',
      lift: 'double',
      city: 'string',
      built: 'double',
    });
    // Loading it leaves nothing behind.
    expect((await client.bundles.verify({ dir: join(folder, 'copy') })).verified).toBe(true);
  });
});
