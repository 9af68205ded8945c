import { Button } from '@mantine/core';
import type { Run } from '../../../preload/contract/training.ts';
import { useJobCall } from '../../api/jobs.ts';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { JobProgress } from '../../ui/state/job-progress.tsx';
import {
  CoverageFacts,
  ErrorsTable,
  IntervalsTable,
  SlicesTable,
  ThresholdsTable,
} from './analysis-tables.tsx';
import { words } from './analysis-words.ts';
import { CostsPanel } from './costs-panel.tsx';
import { SizesPanel } from './sizes-panel.tsx';

/** What is asked of a run after it ended; computed when the person asks. */
export function AnalysisTab({ run, conformal }: { run: Run; conformal: boolean }) {
  const intervals = useJobCall('evaluation.intervals');
  const slices = useJobCall('evaluation.slices');
  const errors = useJobCall('evaluation.errors');
  const thresholds = useJobCall('evaluation.thresholds');
  const coverage = useJobCall('evaluation.coverage');
  const binary = run.metrics?.train['precision'] !== undefined;
  const all = [slices, errors, ...(binary ? [thresholds] : []), ...(conformal ? [coverage] : []), intervals];
  const busy = all.find((job) => job.running);
  const failed = all.find((job) => job.error);
  const start = async (): Promise<void> => {
    const input = { run: run.id };
    await slices.start(input);
    await errors.start(input);
    if (binary) await thresholds.start(input);
    if (conformal) await coverage.start(input);
    await intervals.start({ ...input, resamples: 500 });
  };
  return (
    <div className="stack">
      <div className="row">
        <p className="grow dim">{words.about}</p>
        <Button variant="filled" loading={busy !== undefined} onClick={() => void start()}>
          {words.run}
        </Button>
      </div>
      {busy ? <JobProgress job={busy.job} onCancel={() => all.forEach((job) => job.cancel())} /> : null}
      {failed ? <ErrorPanel error={failed.error} what={words.running} /> : null}
      <div className="run-columns">
        <div className="stack">
          {intervals.result ? <IntervalsTable found={intervals.result} /> : null}
          {coverage.result ? <CoverageFacts found={coverage.result} /> : null}
          {binary && thresholds.result ? <ThresholdsTable found={thresholds.result} /> : null}
        </div>
        <div className="stack">{slices.result ? <SlicesTable found={slices.result} /> : null}</div>
      </div>
      {errors.result ? <ErrorsTable found={errors.result} /> : null}
      <CostsPanel key={run.id} run={run.id} />
      <SizesPanel run={run.id} />
    </div>
  );
}
