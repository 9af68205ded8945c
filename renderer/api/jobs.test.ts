import { afterEach, expect, test } from 'vitest';
import type { Job } from '../../preload/contract/jobs.ts';
import { followJobEvent, forgetFollowed, laterOf, useFollowed } from './jobs.ts';

const job = (status: Job['status']) => ({ id: 'job_1', status, created: '2026-11-25T00:00:00.000Z' }) as Job;
const known = (): string | undefined => useFollowed.getState().jobs['job_1']?.status;

afterEach(forgetFollowed);

test('the answer to a start that comes after the event of the end does not bring the job back', () => {
  followJobEvent({ type: 'job', job: job('running') });
  followJobEvent({ type: 'job', job: job('done') });
  followJobEvent({ type: 'job', job: job('queued') });
  expect(known()).toBe('done');
});

test('of a list and an event, whichever knows the end is believed', () => {
  expect(laterOf(job('done'), job('running')).status).toBe('done');
  expect(laterOf(job('running'), job('failed')).status).toBe('failed');
  expect(laterOf(job('queued'), job('running')).status).toBe('running');
  expect(laterOf(undefined, job('queued')).status).toBe('queued');
});
