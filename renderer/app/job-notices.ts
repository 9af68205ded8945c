import { useEffect } from 'react';
import type { Job } from '../../preload/contract/jobs.ts';
import { hasEnded, isWatched, useFollowed, wasStartedHere } from '../api/jobs.ts';
import { currentPlace, pathOf } from '../ui/navigation/router.ts';
import { notify } from '../ui/state/notices.ts';
import { statusSeals } from '../ui/state/verdicts.ts';

/** Tells of jobs that end where nobody looks. What a view shows, what was cancelled and the list of jobs need no telling. */
export function useJobNotices(): void {
  useEffect(
    () =>
      useFollowed.subscribe(({ jobs }, before) => {
        for (const job of Object.values(jobs)) {
          const was = before.jobs[job.id];
          if (was && !hasEnded(was) && hasEnded(job)) tell(job);
        }
      }),
    [],
  );
}

function tell(job: Job): void {
  const away = document.visibilityState === 'hidden';
  if (!wasStartedHere(job.id) || job.status === 'cancelled') return;
  if (!away && isWatched(job.id)) return;
  if (!away && currentPlace().path.startsWith('/activity')) return;
  const { label, tone } = statusSeals[job.status];
  notify({
    title: job.title,
    message: job.error?.message ?? label,
    tone,
    path: job.status === 'done' ? pathOfSubject(job) : pathOf('activity', job.id),
  });
}

const pages: Readonly<Record<string, string>> = { run: 'runs', model: 'models', dataset: 'data' };

function pathOfSubject({ id, subject }: Job): string {
  for (const [kind, page] of Object.entries(pages)) {
    const name = subject[kind];
    if (name) return pathOf(page, name);
  }
  return pathOf('activity', id);
}
