import { expect, test } from 'vitest';
import { createMemoryObjects, importDelimited } from '../datasets/index.ts';
import { readForTraining } from './read-for-training.ts';

const path = new URL('../../resources/samples/sacramento.csv', import.meta.url).pathname;
const { signal } = new AbortController();

test('a table that would not fit the memory is refused with an estimate, before any of it is read', async () => {
  const objects = createMemoryObjects();
  const context = {
    reader: objects,
    writer: objects,
    staging: '',
    signal,
    progress: () => undefined,
    log: () => undefined,
  };
  const { snapshot } = await importDelimited({ path, options: {} }, context);
  const read: string[] = [];
  const reader = {
    ...objects,
    get: (digest: string) => {
      read.push(digest);
      return objects.get(digest);
    },
  };
  const data = { manifest: snapshot.manifest };
  const recipe = { family: 'network' };
  const asked = { names: ['price', 'sqft', 'city'], signal };
  // 932 rows of two numbers, a text and what belongs to a row: 16 + 16 + 8 + 32 bytes each.
  const refused = readForTraining(reader, data, recipe, { ...asked, available: 67_103 });
  await expect(refused).rejects.toMatchObject({
    code: 'family-memory',
    details: { family: 'network', rows: 932, features: 3, needed: 1, available: 0 },
  });
  expect(read).toEqual([snapshot.manifest]);
  const { table } = await readForTraining(reader, data, recipe, { ...asked, available: 67_104 });
  expect(table.map(({ column }) => column.name)).toEqual(asked.names);
});
