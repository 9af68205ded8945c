import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { render } from '../../hosts/cli/render.ts';
import { buildTestApp } from '../../testing/build-app.ts';

test('a version beside another: what became of each column, and both profiles of it', async () => {
  const { client, folder } = await buildTestApp();
  const path = join(folder, 'houses.csv');
  await writeFile(path, 'id,place,price,old\n1,north,100,x\n2,south,110,y\n3,east,120,z\n');
  await client.datasets.import({ path });
  await writeFile(path, 'id,place,price,new\n1,north,100.5,a\n2,south,110,b\n3,west,120,c\n');
  await client.datasets.import({ path });
  const profile = await client.datasets.profile({ dataset: 'houses', against: 'houses@1' });
  const { against } = profile;
  expect([against?.dataset, against?.version, against?.rows]).toEqual(['houses', 1, 3]);
  expect(against?.columns.map(({ name, change }) => [name, change])).toEqual([
    ['id', 'same'],
    ['place', 'changed'],
    ['price', 'retyped'],
    ['new', 'added'],
    ['old', 'removed'],
  ]);
  const price = against?.columns[2];
  expect([price?.there?.numeric?.mean, price?.here?.numeric?.mean]).toEqual([110, 110.16666666666667]);
  expect(against?.columns.slice(3).map(({ here, there }) => [here?.distinct, there?.distinct])).toEqual([
    [3, undefined],
    [undefined, 3],
  ]);
  const text = await render('datasets.profile', { value: profile });
  expect(text).toContain('houses@2 (3 rows) against houses@1 (3 rows)');
  expect(text).toMatch(/price +another type +int64 -> float64 .* 110 -> 110\.167/);
  expect(text).toMatch(/old +gone +utf8 +0 +3 /);
  expect((await client.datasets.profile({ dataset: 'houses' })).against).toBeNull();
  await expect(client.datasets.profile({ dataset: 'houses', against: 'nope' })).rejects.toThrow(
    'there is no dataset "nope"',
  );
});
