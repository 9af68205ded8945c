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
import { words } from './words.ts';

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
          stops={words.unfinished.stops}
          onCancel={() => cancel.mutate({ run: run.id })}
        />
      ) : null}
      {cancel.error ? <ErrorPanel error={cancel.error} what={words.unfinished.stopping} /> : null}
      {run.error ? <ErrorPanel error={run.error} what={words.unfinished.theRun} /> : null}
      {run.status === 'cancelled' ? <p>{words.unfinished.cancelled}</p> : null}
      {run.status === 'interrupted' && !run.error ? <p>{words.unfinished.interrupted}</p> : null}
      {running || shown.recipe['members'] !== undefined ? null : (
        <div className="row">
          <Button onClick={() => go(`/train?from=${encodeURIComponent(run.id)}`)}>{words.run.again}</Button>
        </div>
      )}
      {figure ? <FigureCard figure={figure} height={260} /> : null}
      <RecipeTab shown={shown} />
    </div>
  );
}
