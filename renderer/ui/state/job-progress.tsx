import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Job } from '../../../preload/contract/jobs.ts';
import { formatDuration } from '../text/format.ts';
import './job-progress.css';

interface Props {
  readonly job: Job | null;
  /** What would be lost by stopping. */
  readonly stops?: string;
  readonly onCancel?: () => void;
}

/** How far a job is, in a bar and in words, with the way to stop it. */
export function JobProgress({ job, stops, onCancel }: Props) {
  const fraction = job?.fraction ?? 0;
  const percent = Math.round(fraction * 100);
  const seconds = useSeconds(job?.started ?? null);
  return (
    <div className="job-progress">
      <div className="row">
        <span className="grow truncate">{job ? job.message || job.title : 'starting'}</span>
        <span className="dim small">
          {percent} %{seconds === null ? '' : ` · ${formatDuration(seconds)}`}
          {timeLeft(fraction, seconds)}
        </span>
        {onCancel ? (
          <Button onClick={onCancel} title={stops}>
            Cancel
          </Button>
        ) : null}
      </div>
      <div
        className="job-progress__track"
        role="progressbar"
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-label={job?.title ?? 'starting'}
      >
        <div style={{ width: `${percent}%` }} />
      </div>
    </div>
  );
}

function timeLeft(fraction: number, seconds: number | null): string {
  if (seconds === null || seconds < 3 || fraction < 0.05 || fraction >= 1) return '';
  return ` · about ${formatDuration(Math.max(1, Math.round((seconds / fraction) * (1 - fraction))))} left`;
}

function useSeconds(started: string | null): number | null {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return started === null ? null : Math.max(0, Math.round((now - Date.parse(started)) / 1000));
}
