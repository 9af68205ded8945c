import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createApp } from '../../main/app/index.ts';
import { createClient, type Client } from '../../preload/contract/client.ts';
import { buildTestApp } from '../../main/testing/build-app.ts';

const visible = process.platform === 'linux';
if (!visible) console.warn('SKIPPED: finding job processes from outside needs /proc');

/** Ids of the job processes this process has started and that still live. */
function jobProcesses(): number[] {
  const list = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)], { encoding: 'utf8' });
  return list
    .split('\n')
    .filter((line) => line.includes('hosts/job/main'))
    .map((line) => Number.parseInt(line, 10));
}

/** A training that takes long enough to be caught at it. */
async function startTraining(client: Client, folder: string): Promise<{ job: string; run: string }> {
  const path = join(folder, 'large.csv');
  const rows = Array.from({ length: 20_000 }, (_, i) => `${i % 997},${(i * 7919) % 1009},${(i * 31) % 77}`);
  writeFileSync(path, `a,b,c\n${rows.join('\n')}\n`);
  await client.datasets.import({ path, name: 'large' });
  const recipe = 'target: c\nfamily: network\nparams: {epochs: 1000, patience: 1000}\n';
  const { job } = await client.jobs.start({ method: 'training.run', input: { recipe, dataset: 'large' } });
  await expect
    .poll(async () => (await client.jobs.show({ job: job.id })).live.length, { timeout: 60_000 })
    .toBeGreaterThan(1);
  const { runs } = await client.training.list({});
  return { job: job.id, run: runs[0]?.id ?? '' };
}

test.skipIf(!visible)(
  'a job process that is killed: it and its run are interrupted, in words; nothing else is touched and no process stays',
  { timeout: 120_000 },
  async () => {
    const { client, folder } = await buildTestApp({ processes: true });
    const { job, run } = await startTraining(client, folder);
    const { size } = (await client.workspaces.info({})).workspace;
    for (const pid of jobProcesses()) process.kill(pid, 'SIGKILL');
    await expect
      .poll(async () => (await client.jobs.show({ job })).job.status, { timeout: 5000 })
      .toBe('interrupted');
    const shown = await client.training.show({ run });
    expect(shown.run).toMatchObject({ status: 'interrupted', error: { code: 'job-crashed' } });
    expect(shown.run.error?.message).toContain('ended unexpectedly (signal SIGKILL)');
    expect((await client.workspaces.info({})).workspace.size).toBe(size);
    expect((await client.workspaces.verify({})).problems).toEqual([]);
    expect(jobProcesses()).toEqual([]);
  },
);

test.skipIf(!visible)(
  'a training is cancelled within a second, and its process is gone',
  { timeout: 120_000 },
  async () => {
    const { client, folder } = await buildTestApp({ processes: true });
    const { run } = await startTraining(client, folder);
    const started = performance.now();
    const cancelled = await client.training.cancel({ run });
    const milliseconds = performance.now() - started;
    expect(cancelled.run).toMatchObject({ status: 'cancelled', metrics: null, error: null });
    expect(milliseconds).toBeLessThan(1000);
    expect(jobProcesses()).toEqual([]);
    console.log(`cancelled in ${milliseconds.toFixed(0)} ms`);
  },
);

test(
  'a training is looked up and stopped from a process that may only read the workspace',
  { timeout: 120_000 },
  async () => {
    const { client, dir, folder } = await buildTestApp({ processes: true });
    const { job, run } = await startTraining(client, folder);
    const reader = await createApp({ host: 'a reader', workspace: dir });
    const other = createClient({
      call: (method, input, call) => reader.dispatch(method, input, call),
      subscribe: (listener) => reader.subscribe(listener),
    });
    try {
      expect((await other.workspaces.info({})).workspace.writable).toBe(false);
      expect((await other.jobs.list({})).jobs[0]).toMatchObject({ id: job, status: 'running' });
      expect((await other.training.cancel({ run })).run).toMatchObject({ id: run, status: 'cancelled' });
      expect((await client.jobs.show({ job })).job.status).toBe('cancelled');
      expect((await other.jobs.cancel({ job })).job.status).toBe('cancelled');
      await expect(other.jobs.cancel({ job: 'job_none' })).rejects.toMatchObject({ code: 'job-not-found' });
    } finally {
      await reader.close();
    }
    expect(readdirSync(join(dir, 'staging'))).toEqual([]);
    expect((await client.workspaces.verify({})).problems).toEqual([]);
  },
);
