import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { buildTestApp } from '../../main/testing/build-app.ts';
import { operations, writeSource } from './operations.ts';
import { discard, inspect, makeTemplate, runVictim } from './trial.ts';

const sample = join(import.meta.dirname, '..', '..', 'resources', 'samples', 'sacramento.csv');
const mountable = process.platform === 'linux' && process.getuid?.() === 0;
if (!mountable) console.warn('SKIPPED: the full-disk test mounts a small tmpfs, which needs root on Linux');

/** The folder of a disk of so many MiB, which is gone when the test ends. */
function mountDisk(size: number): string {
  const disk = mkdtempSync(join(tmpdir(), 'holdfast-small-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}m`, 'tmpfs', disk]);
  onTestFinished(() => {
    execFileSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true, force: true });
  });
  return disk;
}

test.skipIf(!mountable)('a full disk: the import is refused in words, and with room it works', async () => {
  const { client, folder } = await buildTestApp();
  const dir = join(mountDisk(1), 'workspace');
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

test.skipIf(!mountable)(
  'a disk that fills up during a sweep: it halts in words, keeps its trials, and with room ends as one that was never stopped',
  { timeout: 120_000 },
  async () => {
    const { client, folder } = await buildTestApp();
    const disk = mountDisk(12);
    await client.workspaces.create({ dir: join(disk, 'sweeping') });
    await client.datasets.import({ path: sample, name: 'houses' });
    const plan = { target: 'price', families: ['tree', 'forest'], runs: 14, workers: 2 };
    const filler = join(disk, 'filler');
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(filler, Buffer.alloc(bavail * bsize - 1_200_000, 1));
    await expect(client.sweeps.start({ name: 'cut', ...plan })).rejects.toMatchObject({ code: 'disk-full' });
    const { sweep } = await client.sweeps.show({ sweep: 'cut' });
    expect(sweep.status).toBe('interrupted');
    expect(sweep.spent.trials).toBeGreaterThan(0);
    expect(sweep.spent.trials).toBeLessThan(plan.runs);
    rmSync(filler);
    expect((await client.workspaces.verify({})).problems).toEqual([]);
    const resumed = await client.sweeps.resume({ sweep: 'cut' });
    await client.workspaces.create({ dir: join(folder, 'whole') });
    await client.datasets.import({ path: sample, name: 'houses' });
    const whole = await client.sweeps.start({ name: 'whole', ...plan });
    const essence = (board: typeof whole.leaderboard): unknown =>
      board.map(({ trial, family, params, score }) => ({ trial, family, params, score }));
    expect(essence(resumed.leaderboard)).toEqual(essence(whole.leaderboard));
    await client.workspaces.close({});
  },
);

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
