import { readFileSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createObjectReader, objectPath } from '../../platform/objects/index.ts';
import { buildTestApp } from '../../testing/build-app.ts';
import { openSnapshot } from '../reading/open-snapshot.ts';
import { openDatabase } from '../../platform/database/index.ts';
import { versionRows } from '../store.ts';

test('a flipped bit in a patch, or in what it changes, is named before anything parses it, with every version it hurts', async () => {
  const { client, dir, folder } = await buildTestApp();
  const path = join(folder, 't.csv');
  for (const shift of [0, 30]) {
    const lines = Array.from({ length: 4000 }, (_, row) => `${row + shift},${(row + shift) * 7}`);
    await writeFile(path, `id,price\n${lines.join('\n')}\n`);
    await client.datasets.import({ path, name: 't' });
  }
  const root = join(dir, 'objects');
  const db = openDatabase(join(dir, 'workspace.sqlite'));
  const [, second] = versionRows(db, 't');
  const [entry] = (await openSnapshot(createObjectReader(root), second!.manifest)).columns[0]!.blocks;
  db.close();
  const cases: [string, string[]][] = [
    [entry!.object, ['dataset t@2']],
    [entry!.patch!.bases[0]!, ['dataset t@1', 'dataset t@2']],
  ];
  for (const [digest, affected] of cases) {
    const file = objectPath(root, digest);
    const whole = readFileSync(file);
    const damaged = Buffer.from(whole);
    damaged[whole.length >> 1]! ^= 4;
    writeFileSync(file, damaged);
    await expect(client.datasets.profile({ dataset: 't@2' })).rejects.toMatchObject({
      code: 'object-damaged',
      details: { digest },
    });
    const { problems } = await client.workspaces.verify({});
    expect(problems).toMatchObject([{ code: 'object-damaged', what: digest }]);
    expect(problems[0]!.affects.toSorted()).toEqual(affected);
    writeFileSync(file, whole);
  }
  expect((await client.workspaces.verify({})).problems).toEqual([]);
  expect((await client.datasets.preview({ dataset: 't@2' })).rows).toBe(4000);
});
