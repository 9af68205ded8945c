import { expect, test } from 'vitest';
import type { AppEvent } from '../../preload/contract/events.ts';
import type { Job } from '../../preload/contract/jobs.ts';
import { systemClock } from '../platform/clock.ts';
import { createJobQueue, type JobStore } from './index.ts';

function queue(options: { concurrency?: number; store?: JobStore } = {}) {
  const events: AppEvent[] = [];
  const jobs = createJobQueue({
    clock: systemClock,
    store: () => options.store,
    emit: (event) => events.push(event),
    concurrency: options.concurrency ?? 1,
  });
  return { jobs, events };
}

const untilCancelled = ({ signal }: { signal: AbortSignal }) =>
  new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
  );

const refuse = (): never => {
  throw new Error('database or disk is full');
};

const outcome = (done: Promise<unknown>) =>
  done.then(
    () => 'done',
    (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error)),
  );

test('a job that waits its turn is cancelled at once, while the one before it works on', async () => {
  const { jobs } = queue();
  const first = jobs.start('m', 'first', untilCancelled);
  const second = jobs.start('m', 'second', () => Promise.reject(new Error('it must not start')));
  const end = outcome(second.done);
  expect((await jobs.cancel(second.job.id)).status).toBe('cancelled');
  expect(await end).toBe('cancelled');
  expect(jobs.running().map(({ title }) => title)).toEqual(['first']);
  const ended = outcome(first.done);
  await jobs.cancel(first.job.id);
  expect(await ended).toBe('cancelled');
});

test('a lane is given back however a job ends', async () => {
  const { jobs } = queue();
  const failed = jobs.start('m', 'fails', () => Promise.reject(new Error('no')));
  expect(await outcome(failed.done)).toBe('internal');
  const stopped = new AbortController();
  stopped.abort();
  expect(
    await outcome(jobs.start('m', 'cancelled before', () => Promise.resolve(1), stopped.signal).done),
  ).toBe('cancelled');
  expect(await jobs.start('m', 'works', () => Promise.resolve(7)).done).toBe(7);
});

test('a store that refuses (a full disk) ends no job and takes no lane', async () => {
  const store: JobStore = {
    save: refuse,
    list: () => [],
    load: () => undefined,
    interruptUnfinished: refuse,
    forget: refuse,
    prune: refuse,
  };
  const { jobs } = queue({ store });
  expect(await jobs.start('m', 'one', () => Promise.resolve(1)).done).toBe(1);
  expect(await jobs.start('m', 'two', () => Promise.resolve(2)).done).toBe(2);
  expect(jobs.list(10).map(({ title, status }) => `${title} ${status}`)).toEqual(['two done', 'one done']);
});

test('the list is newest first and cut at the limit, and old jobs are not held for ever', async () => {
  const saved = new Map<string, Job>();
  const store: JobStore = {
    save: (job) => void saved.set(job.id, job),
    list: (limit) => [...saved.values()].toReversed().slice(0, limit),
    load(id) {
      const job = saved.get(id);
      return job && { job, log: [], result: null };
    },
    interruptUnfinished: () => undefined,
    forget: () => undefined,
    prune: () => undefined,
  };
  const { jobs } = queue({ store });
  const ids: string[] = [];
  for (let i = 0; i < 200; i++) {
    const { job, done } = jobs.start('m', `job ${i}`, () => Promise.resolve(i));
    await done;
    ids.push(job.id);
  }
  expect(jobs.list(3).map(({ title }) => title)).toEqual(['job 199', 'job 198', 'job 197']);
  // The result of a recent job is held; of an old one the store alone knows.
  expect(jobs.show(ids[199] ?? '').result).toBe(199);
  expect(jobs.show(ids[0] ?? '')).toMatchObject({ job: { title: 'job 0' }, result: null });
});

test('progress in a flood reaches windows a few times a second, the latest always', async () => {
  const { jobs, events } = queue();
  const rest = Promise.withResolvers<void>();
  const { job, done } = jobs.start('m', 'flood', async ({ progress }) => {
    for (let i = 1; i <= 10_000; i++) progress(i / 20_000, `step ${i}`, { loss: 1 / i });
    await rest.promise;
  });
  await expect.poll(() => events.at(-1)).toMatchObject({ job: { status: 'running', message: 'step 10000' } });
  const seen = events.filter((event) => event.type === 'job');
  expect(seen.length).toBeLessThan(200);
  expect(jobs.show(job.id).live.length).toBe(5000);
  rest.resolve();
  await done;
});

test('cancelAll ends what is started meanwhile, too', async () => {
  const { jobs } = queue({ concurrency: 2 });
  let late: Promise<string> | undefined;
  const first = outcome(
    jobs.start('m', 'first', async (handle) => {
      await untilCancelled(handle).catch(() => {
        late = outcome(jobs.start('m', 'late', untilCancelled).done);
      });
      handle.signal.throwIfAborted();
    }).done,
  );
  await new Promise((resolve) => setTimeout(resolve, 10));
  await jobs.cancelAll();
  expect([await first, await late]).toEqual(['cancelled', 'cancelled']);
  expect(jobs.running()).toEqual([]);
});
