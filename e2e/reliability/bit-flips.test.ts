import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Failure } from '../../preload/contract/errors.ts';
import { createRandom } from '../../main/platform/random.ts';
import { createObjectReader, listObjects, objectPath } from '../../main/platform/objects/index.ts';
import { buildTestApp } from '../../main/testing/build-app.ts';
import { writeSource } from './operations.ts';

const flips = 1000;
const seed = 20261123;

test(
  `${flips} single-bit flips over every kind of object: each is named by verify and refused before parsing`,
  { timeout: 600_000 },
  async () => {
    const { client, dir, folder } = await buildTestApp();
    await client.datasets.import({ path: writeSource(folder), name: 'houses' });
    await client.datasets.profile({ dataset: 'houses' });
    for (const family of ['baseline', 'linear'])
      await client.training.run({ recipe: `target: price\nfamily: ${family}\n`, dataset: 'houses' });
    const root = join(dir, 'objects');
    const { digests } = await listObjects(root);
    expect(digests.length).toBeGreaterThan(10);
    const reader = createObjectReader(root);
    const random = createRandom(seed);
    const wrong: string[] = [];
    for (let i = 0; i < flips; i++) {
      const digest = digests[i % digests.length] ?? '';
      const path = objectPath(root, digest);
      const whole = readFileSync(path);
      const bit = random.integer(whole.length * 8);
      const damaged = Buffer.from(whole);
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      writeFileSync(path, damaged);
      const refused = await reader.get(digest).then(
        () => 'read',
        (error: unknown) => (error instanceof Failure ? error.code : String(error)),
      );
      const { verified, problems } = await client.workspaces.verify({});
      const named =
        problems.length === 1 && problems[0]?.what === digest && problems[0].code === 'object-damaged';
      if (refused !== 'object-damaged' || verified || !named)
        wrong.push(`bit ${bit} of ${digest}: ${refused}, ${JSON.stringify(problems)}`);
      writeFileSync(path, whole);
    }
    expect(wrong).toEqual([]);
    expect((await client.workspaces.verify({})).verified).toBe(true);
  },
);
