import type { AppEvent } from '../../preload/contract/events.ts';
import type { Job } from '../../preload/contract/jobs.ts';

/** Milliseconds between two events of one job's progress: what a window can show, however fast the work is. */
const pause = 50;

/** Tells the windows about one job. */
export interface Announcer {
  /** A change of state, at once. */
  now(job: Job): void;
  /** Progress: at once, or, when too soon after the last, the latest of it a little later. */
  soon(job: Job, live?: Readonly<Record<string, number>>): void;
}

export function createAnnouncer(emit: (event: AppEvent) => void): Announcer {
  let last = -Infinity;
  let later: { readonly timer: NodeJS.Timeout; event: AppEvent } | undefined;

  const send = (event: AppEvent): void => {
    clearTimeout(later?.timer);
    later = undefined;
    last = performance.now();
    emit(event);
  };

  return {
    now: (job) => send({ type: 'job', job }),
    soon(job, live) {
      const event: AppEvent = { type: 'job', job, ...(live ? { live } : {}) };
      const wait = last + pause - performance.now();
      if (wait <= 0) send(event);
      else if (later) later.event = live || !('live' in later.event) ? event : { ...later.event, job };
      else later = { event, timer: setTimeout(() => later && send(later.event), wait) };
    },
  };
}
