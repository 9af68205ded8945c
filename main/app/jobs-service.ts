import type { Service } from '../workspaces/index.ts';
import type { Dispatcher } from './dispatch.ts';

/** Jobs over the wire. `dispatcher` comes late because `jobs.start` goes through the same border as every call. */
export function createJobsService(dispatcher: () => Dispatcher): Service<'jobs'> {
  return {
    start({ method, input }, { actor }) {
      const { job, done } = dispatcher().start(method, input, { actor });
      // The job itself records how it ends; nobody waits here.
      done.catch(() => undefined);
      return { job };
    },
    list: ({ limit }, { jobs }) => ({ jobs: jobs.list(limit) }),
    show({ job }, { jobs }) {
      const shown = jobs.show(job);
      const { value } = (shown.result ?? {}) as { value?: Record<string, unknown> };
      return { ...shown, result: value ?? null };
    },
    cancel: async ({ job }, { jobs }) => ({ job: await jobs.cancel(job) }),
  };
}
