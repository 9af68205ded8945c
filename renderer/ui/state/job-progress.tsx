import { Button } from '@mantine/core';
import type { Job } from '../../../preload/contract/jobs.ts';
import { formatDuration } from '../text/format.ts';
import { timeLeft, useSeconds } from './job-time.ts';
import { words } from './words.ts';
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
        <span className="grow truncate">{job ? job.message || job.title : words.starting}</span>
        <span className="dim small">
          {[`${percent} %`, seconds === null ? null : formatDuration(seconds), timeLeft(fraction, seconds)]
            .filter((part) => part !== null)
            .join(' · ')}
        </span>
        {onCancel ? (
          <Button onClick={onCancel} title={stops}>
            {words.cancel}
          </Button>
        ) : null}
      </div>
      <div
        className="job-progress__track"
        role="progressbar"
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-label={job?.title ?? words.starting}
      >
        <div style={{ width: `${percent}%` }} />
      </div>
    </div>
  );
}
