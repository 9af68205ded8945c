import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildTestApp } from '../testing/build-app.ts';

test('a slow method runs in a process of its own and reports progress', async () => {
  const { app, client, dir } = await buildTestApp({ processes: true });
  const events: string[] = [];
  app.subscribe((event) => {
    if (event.type === 'job') events.push(event.job.status);
  });
  const report = await client.workspaces.verify({});
  expect(report.verified).toBe(true);
  expect([...new Set(events)]).toEqual(['queued', 'running', 'done']);
  expect(existsSync(join(dir, 'staging')) ? readdirSync(join(dir, 'staging')) : []).toEqual([]);
  const { jobs } = await client.jobs.list({});
  expect(jobs).toMatchObject([{ method: 'workspaces.verify', status: 'done', fraction: 1 }]);
});

test('jobs.start returns at once, and jobs.show has the result when it is done', async () => {
  const { client } = await buildTestApp({ processes: true });
  const { job } = await client.jobs.start({ method: 'workspaces.verify', input: {} });
  expect(job.status).toBe('queued');
  await expect
    .poll(async () => (await client.jobs.show({ job: job.id })).job.status, { timeout: 10_000 })
    .toBe('done');
  expect((await client.jobs.show({ job: job.id })).result).toMatchObject({ verified: true });
});

test('a cancelled job says so and can be cancelled twice', async () => {
  const { client } = await buildTestApp({ processes: true });
  const { job } = await client.jobs.start({ method: 'workspaces.verify', input: {} });
  expect((await client.jobs.cancel({ job: job.id })).job.status).toBe('cancelled');
  expect((await client.jobs.cancel({ job: job.id })).job.status).toBe('cancelled');
  await expect(client.jobs.cancel({ job: 'job_none' })).rejects.toMatchObject({ code: 'job-not-found' });
});
