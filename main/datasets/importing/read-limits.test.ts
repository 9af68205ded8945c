import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { buildTestApp } from '../../testing/build-app.ts';
import { inspectLimits } from './read-limits.ts';

const endless = 'WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT max(x) AS x FROM c';
/** Texts that are never shorter: each row is twice as long as the one before. */
const growing =
  "WITH RECURSIVE c(t) AS (SELECT 'x' UNION ALL SELECT t || t FROM c) SELECT t, t || 'y' AS u FROM c LIMIT 40";

async function withView(view: string) {
  const built = await buildTestApp({ processes: true });
  const path = join(built.folder, 'view.sqlite');
  const source = new DatabaseSync(path);
  source.exec(`CREATE TABLE sound (x INTEGER); INSERT INTO sound VALUES (7); CREATE VIEW hostile AS ${view}`);
  source.close();
  const before = process.env['HOLDFAST_INSPECT_SECONDS'];
  onTestFinished(() => {
    if (before === undefined) delete process.env['HOLDFAST_INSPECT_SECONDS'];
    else process.env['HOLDFAST_INSPECT_SECONDS'] = before;
  });
  return { ...built, path };
}

test('a file that never ends is given up, in words that name it and the limit', async () => {
  const { client, path } = await withView(endless);
  process.env['HOLDFAST_INSPECT_SECONDS'] = '1.5';
  const refused = client.datasets.inspect({ path, options: { table: 'hostile' } });
  await expect(refused).rejects.toMatchObject({
    code: 'file-limit',
    message: expect.stringMatching(/view\.sqlite" was stopped: it took more than 1\.5 s/),
  });
  // The app and the file's other tables are as they were.
  delete process.env['HOLDFAST_INSPECT_SECONDS'];
  const { rows } = await client.datasets.inspect({ path, options: { table: 'sound' } });
  expect(rows).toEqual([['7']]);
});

test('a file that fills the memory is given up', async () => {
  const { client, path } = await withView(growing);
  // On a busy machine the memory fills slowly.
  process.env['HOLDFAST_INSPECT_SECONDS'] = '300';
  const refused = client.datasets.inspect({ path, options: { table: 'hostile' } });
  await expect(refused).rejects.toMatchObject({
    code: 'file-limit',
    message: expect.stringMatching(/view\.sqlite" was stopped: it took more than 512 MB of memory/),
  });
  await expect(client.datasets.list({})).resolves.toMatchObject({ datasets: [] });
});

test('a large file has more time than a small one', async () => {
  const limits = await inspectLimits(join(import.meta.dirname, '../importers/samples/table.parquet'));
  expect(limits?.milliseconds).toBeGreaterThan(20_000);
  expect(limits?.milliseconds).toBeLessThan(20_500);
  expect(await inspectLimits('postgres://host/base')).toBeUndefined();
});
