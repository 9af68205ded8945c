import type { Run } from '../../../preload/contract/training.ts';
import { go, pathOf } from '../../ui/navigation/router.ts';
import { formatNumber } from '../../ui/text/format.ts';
import { headlineMetrics, metricWords, testMetric } from './headline.ts';

/** One dot a run on the scale of its headline metric: where the runs of a target stand to each other. */
export function RunStrip({ runs, picked }: { runs: readonly Run[]; picked: readonly string[] }) {
  const groups = groupRuns(runs);
  if (!groups.length) return null;
  return (
    <div className="run-strip">
      {groups.slice(0, 3).map(({ key, target, metric, points }) => (
        <Strip key={key} target={target} metric={metric} points={points} picked={picked} />
      ))}
    </div>
  );
}

interface Point {
  readonly run: Run;
  readonly value: number;
}

interface StripProps {
  readonly target: string;
  readonly metric: string;
  readonly points: readonly Point[];
  readonly picked: readonly string[];
}

function Strip({ target, metric, points, picked }: StripProps) {
  const values = points.map(({ value }) => value);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const at = (value: number) => (high === low ? 50 : 2 + ((value - low) / (high - low)) * 96);
  return (
    <figure aria-label={`${metricWords(metric)} of ${target}, test rows`}>
      <figcaption className="small dim">
        {target}: {metricWords(metric)} on test rows
      </figcaption>
      <div className="run-strip__scale">
        {points.map(({ run, value }) => (
          <button
            key={run.id}
            type="button"
            data-picked={picked.includes(run.id) || undefined}
            style={{ left: `${at(value)}%` }}
            title={`${run.family} ${run.id}: ${formatNumber(value)}`}
            aria-label={`${run.family} ${run.id}: ${formatNumber(value)}`}
            onClick={() => go(pathOf('runs', run.id))}
          />
        ))}
      </div>
      <div className="row small faint run-strip__ends">
        <span>{formatNumber(low)}</span>
        <span>{formatNumber(high)}</span>
      </div>
    </figure>
  );
}

/** Runs of the same data and target can be held against each other; at least two are needed to do so. */
function groupRuns(runs: readonly Run[]) {
  const groups = new Map<string, { target: string; metric: string; points: Point[] }>();
  for (const run of runs) {
    const metric = headlineMetrics[run.task].find((name) => testMetric(run, name) !== null);
    const value = metric ? testMetric(run, metric) : null;
    if (!metric || value === null || !Number.isFinite(value)) continue;
    const key = `${run.dataset} ${run.target} ${metric}`;
    const group = groups.get(key) ?? { target: `${run.target} of ${run.dataset}`, metric, points: [] };
    group.points.push({ run, value });
    groups.set(key, group);
  }
  return [...groups].map(([key, group]) => ({ key, ...group })).filter(({ points }) => points.length > 1);
}
