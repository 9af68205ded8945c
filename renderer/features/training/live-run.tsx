import { useThrottledValue } from '@mantine/hooks';
import { useMemo } from 'react';
import type { useJobCall } from '../../api/jobs.ts';
import { FigureCard } from '../../ui/plot/figure-card.tsx';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { JobProgress } from '../../ui/state/job-progress.tsx';
import { liveFigure } from './live-figure.ts';

/** The run that was started here, while it runs. */
export function LiveRun({ job }: { job: ReturnType<typeof useJobCall<'training.run'>> }) {
  const points = useThrottledValue(job.live, 250);
  const figure = useMemo(() => liveFigure(points), [points]);
  if (!job.running && !job.error) return null;
  return (
    <section className="live-run" data-running={job.running || undefined} aria-label="Running">
      {job.error ? <ErrorPanel error={job.error} what="The run" /> : null}
      {job.running ? (
        <JobProgress
          job={job.job}
          stops="The run is kept as cancelled, without a model; its progress so far is lost."
          onCancel={job.cancel}
        />
      ) : null}
      {job.running && figure ? <FigureCard figure={figure} height={220} /> : null}
    </section>
  );
}
