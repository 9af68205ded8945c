import { useThrottledValue } from '@mantine/hooks';
import { useMemo } from 'react';
import type { useJobCall } from '../../api/jobs.ts';
import { FigureCard } from '../../ui/plot/figure-card.tsx';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { JobProgress } from '../../ui/state/job-progress.tsx';
import { useSeconds } from '../../ui/state/job-time.ts';
import { formatDuration } from '../../ui/text/format.ts';
import { lastCount, liveFigure } from './live-figure.ts';
import { words } from './words.ts';

/** The run that was started here, while it runs: how far, how long yet, what stopping would lose, and how it learns. */
export function LiveRun({ job }: { job: ReturnType<typeof useJobCall<'training.run'>> }) {
  const points = useThrottledValue(job.live, 250);
  const figure = useMemo(() => liveFigure(points), [points]);
  const seconds = useSeconds(job.job?.started ?? null);
  if (!job.running && !job.error) return null;
  const count = lastCount(points);
  const work = seconds === null ? null : [formatDuration(seconds), count].filter(Boolean).join(', ');
  const stops = work === null ? words.live.stops : words.live.lost(work);
  return (
    <section className="live-run" data-running={job.running || undefined} aria-label={words.live.running}>
      {job.error ? <ErrorPanel error={job.error} what={words.live.run} /> : null}
      {job.running ? (
        <>
          <JobProgress job={job.job} stops={stops} onCancel={job.cancel} />
          <p className="small dim">{stops}</p>
        </>
      ) : null}
      {job.running && figure ? <FigureCard figure={figure} height={220} /> : null}
    </section>
  );
}
