import { useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { create } from 'zustand';
import type { AppEvent } from '../../preload/contract/events.ts';
import type { Job } from '../../preload/contract/jobs.ts';
import { useBackend } from './context.ts';
import { useFacts } from './facts.ts';
import type { InputOf, JobMethod, OutputOf } from './methods.ts';

type LivePoint = Readonly<Record<string, number>>;

interface Followed {
  readonly jobs: Readonly<Record<string, Job>>;
  readonly live: Readonly<Record<string, readonly LivePoint[]>>;
}

/** The latest word on every job since this page was loaded, from events. */
export const useFollowed = create<Followed>()(() => ({ jobs: {}, live: {} }));

export function followJobEvent(event: Extract<AppEvent, { type: 'job' }>): void {
  const { job, live } = event;
  useFollowed.setState((state) => ({
    jobs: { ...state.jobs, [job.id]: laterOf(state.jobs[job.id], job) },
    live: live ? { ...state.live, [job.id]: [...(state.live[job.id] ?? []), live] } : state.live,
  }));
}

/** Of two words on a job the later one: what has ended stays so. The answer to a start may come after the event of the end. */
export function laterOf(known: Job | undefined, said: Job): Job {
  return known && hasEnded(known) && !hasEnded(said) ? known : said;
}

export function forgetFollowed(): void {
  useFollowed.setState({ jobs: {}, live: {} });
}

export function hasEnded(job: Pick<Job, 'status'>): boolean {
  return job.status !== 'queued' && job.status !== 'running';
}

/** Jobs that a view shows from beginning to end: how they end needs no notice. */
const watched = new Map<string, number>();

/** Jobs that a person started from this page; others are the views' own (a summary that is reckoned) or another host's. */
const startedHere = new Set<string>();

export function wasStartedHere(id: string): boolean {
  return startedHere.has(id);
}

export function isWatched(id: string): boolean {
  return watched.has(id);
}

function useWatch(id: string | null): void {
  useEffect(() => {
    if (id === null) return undefined;
    watched.set(id, (watched.get(id) ?? 0) + 1);
    return () => {
      const left = (watched.get(id) ?? 1) - 1;
      if (left > 0) watched.set(id, left);
      else watched.delete(id);
    };
  }, [id]);
}

/** Jobs of the open workspace that are queued or running, newest first. */
export function useBusyJobs(when: boolean): readonly Job[] {
  const listed = useFacts('jobs.list', { limit: 100 }, { when });
  const told = useFollowed((state) => state.jobs);
  return useMemo(() => {
    const all = new Map(Object.entries(told));
    for (const job of listed.data?.jobs ?? []) all.set(job.id, laterOf(job, all.get(job.id) ?? job));
    return [...all.values()]
      .filter((job) => !hasEnded(job))
      .toSorted((a, b) => (a.created < b.created ? 1 : -1));
  }, [listed.data, told]);
}

/** One job as it is now: events first, `jobs.show` for the log, earlier points and the result. */
export function useJob(id: string | null) {
  useWatch(id);
  const told = useFollowed((state) => (id ? state.jobs[id] : undefined));
  const points = useFollowed((state) => (id ? state.live[id] : undefined));
  const shown = useFacts('jobs.show', { job: id ?? '' }, { when: id !== null });
  const ended = told ? hasEnded(told) : false;
  // An answer that was on its way when the job ended does not know its result: asked again once it is here.
  const { refetch, isFetching } = shown;
  const behind = ended && shown.data !== undefined && !hasEnded(shown.data.job);
  useEffect(() => {
    if (behind && !isFetching) void refetch();
  }, [behind, isFetching, refetch]);
  const kept = shown.data;
  const job = told && !(kept && hasEnded(kept.job)) ? told : (kept?.job ?? told ?? null);
  const live = (kept?.live.length ?? 0) >= (points?.length ?? 0) ? (kept?.live ?? []) : (points ?? []);
  return { job, live, log: kept?.log ?? [], result: kept?.result ?? null, error: shown.error };
}

/** Starts a slow method as a job and follows it; `onDone` gets its result once. */
export function useJobCall<M extends JobMethod>(
  method: M,
  onDone?: (output: OutputOf<M>) => void,
): {
  readonly start: (input: InputOf<M>) => Promise<void>;
  readonly cancel: () => void;
  readonly reset: () => void;
  readonly job: Job | null;
  readonly live: readonly LivePoint[];
  readonly result: OutputOf<M> | null;
  readonly error: Error | Job['error'];
  readonly running: boolean;
} {
  const { client } = useBackend();
  const [id, setId] = useState<string | null>(null);
  const [starting, setStarting] = useState(false);
  const [refused, setRefused] = useState<Error | null>(null);
  const followed = useJob(id);
  const told = useRef<string | null>(null);
  const done = followed.job?.status === 'done' && followed.result !== null;
  const tell = useEffectEvent((output: OutputOf<M>) => onDone?.(output));
  useEffect(() => {
    if (!done || id === null || told.current === id) return;
    told.current = id;
    tell(followed.result as OutputOf<M>);
  }, [done, id, followed.result]);
  const start = useCallback(
    async (input: InputOf<M>) => {
      setRefused(null);
      setStarting(true);
      setId(null);
      try {
        const { job } = await client.jobs.start({ method, input: input as Record<string, unknown> });
        startedHere.add(job.id);
        followJobEvent({ type: 'job', job });
        setId(job.id);
      } catch (error) {
        setRefused(error instanceof Error ? error : new Error(String(error)));
      } finally {
        setStarting(false);
      }
    },
    [client, method],
  );
  return {
    start,
    cancel() {
      if (id) client.jobs.cancel({ job: id }).catch(setRefused);
    },
    reset() {
      setId(null);
      setRefused(null);
    },
    job: followed.job,
    live: followed.live,
    result: done ? (followed.result as OutputOf<M>) : null,
    error: refused ?? followed.job?.error ?? followed.error ?? null,
    running:
      starting ||
      (id !== null &&
        !done &&
        (followed.job === null || !hasEnded(followed.job) || followed.job.status === 'done')),
  };
}
