import { setTimeout as sleep } from 'node:timers/promises';
import { fail, toFailure, type Failure } from '../../preload/contract/errors.ts';
import type { AppEvent } from '../../preload/contract/events.ts';
import type { Job } from '../../preload/contract/jobs.ts';
import type { Clock } from '../platform/clock.ts';
import { createId } from '../platform/random.ts';
import { createAnnouncer, type Announcer } from './announcer.ts';
import { createLanes } from './lanes.ts';
import type { StopRequests } from './stop-requests.ts';
import type { JobStore } from './store.ts';
import type { Progress } from './task.ts';

export interface JobHandle {
  readonly id: string;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  readonly log: (line: string) => void;
  /** Adds to what the job made or worked on. */
  readonly about: (subject: Readonly<Record<string, string>>, title?: string) => void;
}

interface Live {
  job: Job;
  readonly log: string[];
  readonly points: Record<string, number>[];
  readonly controller: AbortController;
  readonly announcer: Announcer;
  /** Of the workspace it was started in. */
  readonly store: JobStore | undefined;
  result: unknown;
  /** Resolves when it has ended, however. */
  end: Promise<void>;
}

/** Runs slow work a few at a time, tells the windows how far it is, and remembers how it ended. */
export interface JobQueue {
  start<Result>(
    method: string,
    title: string,
    work: (handle: JobHandle) => Promise<Result>,
    signal?: AbortSignal,
  ): { job: Job; done: Promise<Result> };
  list(limit: number): Job[];
  show(id: string): {
    job: Job;
    log: string[];
    live: Record<string, number>[];
    result: Record<string, unknown> | null;
  };
  /** Resolves when the job has ended. */
  cancel(id: string): Promise<Job>;
  running(): Job[];
  /** Forgets jobs that have ended, here and in the workspace's list. */
  forget(ids: readonly string[]): void;
  cancelAll(): Promise<void>;
}

export interface JobQueueOptions {
  readonly clock: Clock;
  /** Where jobs are remembered; undefined while no workspace is open for writing. */
  readonly store: () => JobStore | undefined;
  /** The open workspace, also while another process is its writer: jobs of that one can be looked up, and asked to stop. */
  readonly shared?: () => { readonly store: JobStore; readonly stops: StopRequests } | undefined;
  readonly emit: (event: AppEvent) => void;
  readonly concurrency: number;
}

/** Milliseconds between looks for requests to stop, and for what became of one. */
const look = 200;
/** How long another process may take to stop a job. */
const patience = 10_000;

const keptLogLines = 500;
const keptPoints = 5000;
/** Jobs that have ended and are still held with log and live metrics; older ones are known from the store alone. */
const keptEnded = 50;

function isLive({ status }: Job): boolean {
  return status === 'queued' || status === 'running';
}

/** How work ended that did not succeed. When its process was killed, nothing is known to be wrong with the work itself. */
export function endedAs({ code }: Failure): 'cancelled' | 'interrupted' | 'failed' {
  if (code === 'job-crashed') return 'interrupted';
  return code === 'cancelled' ? 'cancelled' : 'failed';
}

export function createJobQueue({ clock, store, shared, emit, concurrency }: JobQueueOptions): JobQueue {
  const live = new Map<string, Live>();
  const lanes = createLanes(concurrency);

  const isOver = ({ job }: Live): boolean => job.finished !== null;

  /** States, not facts: a disk that can't take them (full, say) must not end the work or take its lane. */
  const remember = (entry: Live): void => {
    try {
      entry.store?.save(entry.job, entry.log, entry.result);
    } catch {
      // The next state tries again; a job whose end was never kept is marked interrupted at the next opening.
    }
  };

  const enter = (entry: Live, change: Partial<Job>): void => {
    entry.job = { ...entry.job, ...change };
    remember(entry);
    entry.announcer.now(entry.job);
  };

  const known = (): JobStore | undefined => store() ?? shared?.()?.store;

  /** Asks the process that writes in the workspace, and waits for the end. */
  const stopElsewhere = async (id: string): Promise<Job> => {
    const place = shared?.();
    const job = known()?.load(id)?.job;
    if (!job) throw fail('job-not-found', { id });
    if (!place || !isLive(job)) return job;
    await place.stops.ask(id);
    for (let waited = 0; waited < patience; waited += look) {
      await sleep(look);
      const now = place.store.load(id)?.job;
      if (now && !isLive(now)) return now;
    }
    place.stops.taken(id);
    throw fail('job-not-stopped', { id, seconds: patience / 1000 });
  };

  const handleOf = (entry: Live): JobHandle => ({
    id: entry.job.id,
    signal: entry.controller.signal,
    progress(fraction, message, point) {
      if (isOver(entry)) return;
      if (point && entry.points.length < keptPoints) entry.points.push({ ...point });
      const reached = Math.min(1, Math.max(entry.job.fraction, fraction));
      entry.job = { ...entry.job, fraction: reached, message };
      entry.announcer.soon(entry.job, point);
    },
    log(line) {
      if (entry.log.length >= keptLogLines) entry.log.shift();
      entry.log.push(line);
    },
    about(subject, title) {
      entry.job = {
        ...entry.job,
        subject: { ...entry.job.subject, ...subject },
        ...(title ? { title } : {}),
      };
      entry.announcer.now(entry.job);
    },
  });

  const execute = async <Result>(
    entry: Live,
    work: (handle: JobHandle) => Promise<Result>,
  ): Promise<Result> => {
    const { signal } = entry.controller;
    let give: (() => void) | undefined;
    try {
      give = await lanes.take(signal);
      enter(entry, { status: 'running', started: clock.now() });
      const result = await work(handleOf(entry));
      entry.result = result;
      enter(entry, { status: 'done', fraction: 1, finished: clock.now() });
      return result;
    } catch (error) {
      const failure = signal.aborted
        ? fail('cancelled', { what: entry.job.title })
        : toFailure(error, entry.job.title);
      enter(entry, {
        status: endedAs(failure),
        finished: clock.now(),
        error: failure.toJSON(),
        message: failure.message,
      });
      throw failure;
    } finally {
      give?.();
      forgetOldest();
    }
  };

  const forgetOldest = (): void => {
    const ended = [...live.values()].filter(isOver);
    for (const { job } of ended.slice(0, Math.max(0, ended.length - keptEnded))) live.delete(job.id);
  };

  return {
    start(method, title, work, outer) {
      const job: Job = {
        id: createId('job'),
        method,
        title,
        status: 'queued',
        fraction: 0,
        message: '',
        created: clock.now(),
        started: null,
        finished: null,
        subject: {},
        error: null,
      };
      const entry: Live = {
        job,
        log: [],
        points: [],
        controller: new AbortController(),
        announcer: createAnnouncer(emit),
        store: store(),
        result: null,
        end: Promise.resolve(),
      };
      const stop = (): void => entry.controller.abort();
      outer?.addEventListener('abort', stop, { once: true });
      if (outer?.aborted) stop();
      live.set(job.id, entry);
      enter(entry, {});
      const stops = entry.store && shared?.()?.stops;
      const looking = stops && setInterval(() => stops.taken(job.id) && stop(), look);
      looking?.unref();
      const done = execute(entry, work).finally(() => {
        outer?.removeEventListener('abort', stop);
        clearInterval(looking);
      });
      entry.end = done.then(
        () => undefined,
        () => undefined,
      );
      return { job, done };
    },
    list(limit) {
      const kept = (known()?.list(limit) ?? []).filter(({ id }) => !live.has(id));
      const jobs = [...kept.toReversed(), ...[...live.values()].map(({ job }) => job)];
      // Jobs of the same millisecond stay in the order they came in.
      return jobs
        .toReversed()
        .toSorted((a, b) => (a.created < b.created ? 1 : a.created > b.created ? -1 : 0))
        .slice(0, limit);
    },
    show(id) {
      const entry = live.get(id);
      if (entry) {
        return {
          job: entry.job,
          log: [...entry.log],
          live: [...entry.points],
          result: (entry.result ?? null) as Record<string, unknown> | null,
        };
      }
      const kept = known()?.load(id);
      if (!kept) throw fail('job-not-found', { id });
      return { ...kept, live: [] };
    },
    async cancel(id) {
      const entry = live.get(id);
      if (!entry) return stopElsewhere(id);
      entry.controller.abort();
      await entry.end;
      return entry.job;
    },
    running: () => [...live.values()].filter((entry) => !isOver(entry)).map(({ job }) => job),
    forget(ids) {
      const ended = ids.filter((id) => {
        const entry = live.get(id);
        return !entry || isOver(entry);
      });
      for (const id of ended) live.delete(id);
      store()?.forget(ended);
    },
    async cancelAll() {
      // Again until none is left: one may be started while the others end.
      for (let left = [...live.values()]; left.length; left = [...live.values()]) {
        for (const entry of left) if (!isOver(entry)) entry.controller.abort();
        await Promise.all(left.map(({ end }) => end));
        for (const { job } of left) live.delete(job.id);
      }
    },
  };
}
