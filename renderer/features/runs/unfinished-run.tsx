import { useMemo } from 'react';
import { Button } from '@mantine/core';
import { useThrottledValue } from '@mantine/hooks';
import { useCall } from '../../api/facts.ts';
import { useJob } from '../../api/jobs.ts';
import type { OutputOf } from '../../api/methods.ts';
import { go } from '../../ui/navigation/router.ts';
import { FigureCard } from '../../ui/plot/figure-card.tsx';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { JobProgress } from '../../ui/state/job-progress.tsx';
import { liveFigure } from '../training/live-figure.ts';
import { RecipeTab } from './recipe-tab.tsx';

/** A run that is on its way, or that ended without a model, and why. */
export function UnfinishedRun({ shown }: { shown: OutputOf<'training.show'> }) {
  const { run } = shown;
  const { job, live } = useJob(run.job);
  const cancel = useCall('training.cancel');
  const points = useThrottledValue(live.length ? live : shown.history, 250);
  const figure = useMemo(() => liveFigure(points), [points]);
  const running = run.status === 'running' || run.status === 'queued';
  return (
    <div className="stack">
      {running ? (
        <JobProgress
          job={job}
          stops="The run is kept as cancelled, without a model; its progress so far is lost."
          onCancel={() => cancel.mutate({ run: run.id })}
        />
      ) : null}
      {cancel.error ? <ErrorPanel error={cancel.error} what="Stopping the run" /> : null}
      {run.error ? <ErrorPanel error={run.error} what="The run" /> : null}
      {run.status === 'cancelled' ? <p>It was stopped before it was done; there is no model of it.</p> : null}
      {run.status === 'interrupted' && !run.error ? (
        <p>Holdfast ended while it ran; there is no model of it.</p>
      ) : null}
      {running ? null : (
        <div className="row">
          <Button onClick={() => go(`/train?from=${encodeURIComponent(run.id)}`)}>Train with changes</Button>
        </div>
      )}
      {figure ? <FigureCard figure={figure} height={260} /> : null}
      <RecipeTab shown={shown} />
    </div>
  );
}
