import * as z from 'zod';
import { Instant } from './common.ts';
import { defineMethod } from './method.ts';

export const jobFailures = {
  'job-not-found': (d: { id: string }) => `there is no job "${d.id}"; \`holdfast jobs list\` shows them`,
  'job-not-stopped': (d: { id: string; seconds: number }) =>
    `the process that runs job "${d.id}" did not stop it within ${d.seconds} seconds; close that process`,
  'job-not-startable': (d: { method: string }) => `"${d.method}" is not a slow method; call it directly`,
  'job-limit': (d: { what: string; milliseconds?: number | undefined; megabytes?: number | undefined }) =>
    `${d.what} was stopped: it took more than ${d.milliseconds === undefined ? `${d.megabytes} MB of memory` : `${d.milliseconds / 1000} s`}`,
  'job-crashed': (d: { what: string; how: string; log: string }) =>
    `the process that ran ${d.what} ended unexpectedly (${d.how}); nothing of it was kept and everything before is safe${d.log ? `. Last words: ${d.log}` : ''}`,
};

export const JobStatus = z.enum(['queued', 'running', 'done', 'failed', 'cancelled', 'interrupted']);
export type JobStatus = z.infer<typeof JobStatus>;

export const LivePoint = z.record(z.string(), z.number());

export const Job = z.object({
  id: z.string(),
  method: z.string(),
  /** One line for people: `train linear on houses@2`. */
  title: z.string(),
  status: JobStatus,
  /** 0..1 */
  fraction: z.number(),
  message: z.string(),
  created: Instant,
  started: Instant.nullable(),
  finished: Instant.nullable(),
  /** What it made or worked on: `{run: "run_..."}`, `{dataset: "houses"}`. */
  subject: z.record(z.string(), z.string()),
  error: z
    .object({ code: z.string(), message: z.string(), details: z.record(z.string(), z.unknown()) })
    .nullable(),
});
export type Job = z.infer<typeof Job>;

export const jobs = {
  start: defineMethod({
    doc: 'Starts a slow method (marked job in the contract) and returns at once. Follow it by events or `jobs.show`.',
    input: z.object({ method: z.string(), input: z.record(z.string(), z.unknown()) }),
    output: z.object({ job: Job }),
  }),
  list: defineMethod({
    doc: 'Jobs of this workspace, newest first.',
    input: z.object({ limit: z.int().min(1).max(1000).default(100) }),
    output: z.object({ jobs: z.array(Job) }),
  }),
  show: defineMethod({
    doc: 'One job with its log, the live metrics so far, and its result when done.',
    input: z.object({ job: z.string() }),
    output: z.object({
      job: Job,
      log: z.array(z.string()),
      live: z.array(LivePoint),
      result: z.record(z.string(), z.unknown()).nullable(),
    }),
    cli: { args: ['job'] },
  }),
  cancel: defineMethod({
    doc: 'Stops a queued or running job within a second. Nothing of it is kept. A job that has ended is left as it is.',
    input: z.object({ job: z.string() }),
    output: z.object({ job: Job }),
    cli: { args: ['job'] },
  }),
};
