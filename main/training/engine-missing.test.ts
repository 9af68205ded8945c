import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findLightgbm } from '../platform/lightgbm/index.ts';
import { buildTestApp } from '../testing/build-app.ts';

const sacramento = new URL('../../resources/samples/sacramento.csv', import.meta.url).pathname;

test('training trees without their engine is refused before anything is recorded, and says how to get it', async () => {
  const cache = await mkdtemp(join(tmpdir(), 'holdfast-cache-'));
  const before = process.env['HOLDFAST_CACHE'];
  process.env['HOLDFAST_CACHE'] = cache;
  onTestFinished(async () => {
    if (before === undefined) delete process.env['HOLDFAST_CACHE'];
    else process.env['HOLDFAST_CACHE'] = before;
    await rm(cache, { recursive: true });
  });
  const { client } = await buildTestApp();
  await client.datasets.import({ path: sacramento, name: 'houses' });
  for (const family of ['boosting', 'forest']) {
    const refused = client.training.run({ recipe: { target: 'price', family }, dataset: 'houses' });
    await expect(refused).rejects.toThrow(
      'the LightGBM engine is not installed; `npm run engines` fetches it (Python 3 with pip)',
    );
  }
  expect((await client.training.list({})).runs).toEqual([]);
  const { engines } = await client.system.doctor({});
  expect(engines.find(({ id }) => id === 'lightgbm')).toMatchObject({ state: 'missing', version: null });
  // Our own trees need no engine.
  const { run } = await client.training.run({
    recipe: { target: 'price', family: 'tree' },
    dataset: 'houses',
  });
  expect(run.status).toBe('done');
});

test('a library that cannot be loaded says which other library it lacks', async () => {
  const { howToLoad } = await import('../platform/lightgbm/index.ts');
  expect(howToLoad('libgomp.so.1: cannot open shared object file')).toContain('apt install libgomp1');
  expect(howToLoad('Library not loaded: @rpath/libomp.dylib')).toContain('brew install libomp');
  expect(await findLightgbm()).toHaveProperty('state');
});
