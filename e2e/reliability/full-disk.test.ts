import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildTestApp } from '../../main/testing/build-app.ts';
import { operations, writeSource } from './operations.ts';
import { discard, inspect, makeTemplate, runVictim } from './trial.ts';

const mountable = process.platform === 'linux' && process.getuid?.() === 0;
if (!mountable) console.warn('SKIPPED: the full-disk test mounts a small tmpfs, which needs root on Linux');

const disk = mkdtempSync(join(tmpdir(), 'holdfast-small-disk-'));

beforeAll(() => {
  if (mountable) execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
});
afterAll(() => {
  if (mountable) execFileSync('umount', ['-l', disk]);
  rmSync(disk, { recursive: true, force: true });
});

test.skipIf(!mountable)('a full disk: the import is refused in words, and with room it works', async () => {
  const { client, folder } = await buildTestApp();
  const dir = join(disk, 'workspace');
  await client.workspaces.create({ dir });
  const rows = Array.from({ length: 60_000 }, (_, i) => `${i},${(i * 7919) % 100_003},row number ${i}`);
  const large = join(folder, 'large.csv');
  writeFileSync(large, `a,b,c\n${rows.join('\n')}\n`);
  await expect(client.datasets.import({ path: large, name: 'large' })).rejects.toMatchObject({
    code: 'disk-full',
  });
  expect((await client.workspaces.verify({})).problems).toEqual([]);
  expect((await client.datasets.list({})).datasets).toEqual([]);
  await client.datasets.import({ path: writeSource(folder), name: 'houses' });
  expect((await client.workspaces.verify({})).verified).toBe(true);
  await client.workspaces.close({});
});

test.each(['ENOSPC', 'EIO'])(
  '%s at each durable step of an import: the failure has words and nothing is half there',
  { timeout: 600_000 },
  async (code) => {
    const [operation] = operations;
    if (!operation) throw new Error('no operations');
    const template = await makeTemplate(operation);
    const failures: string[] = [];
    for (const role of ['host', 'job']) {
      for (let step = 1; step < 500; step += 2) {
        const { place, ending } = await runVictim(operation, template, {
          environment: { HOLDFAST_FAIL_AT: `${role}:${step}:${code}` },
        });
        if (!ending.survived) {
          if (code === 'ENOSPC' && !ending.stderr.includes('is full'))
            failures.push(`${role} step ${step}: ${ending.stderr.slice(0, 300)}`);
          failures.push(
            ...(await inspect(operation, template, place)).map((words) => `${role} step ${step}: ${words}`),
          );
        }
        discard(place.folder);
        if (ending.survived) break;
      }
    }
    expect(failures).toEqual([]);
    discard(template.folder);
  },
);
