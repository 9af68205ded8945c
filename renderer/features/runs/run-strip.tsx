import type { Run } from '../../../preload/contract/training.ts';
import { go, pathOf } from '../../ui/navigation/router.ts';
import { formatNumber } from '../../ui/text/format.ts';
import { groupRuns, type RunGroup } from './group-runs.ts';
import { metricWords, scoredOn } from './headline.ts';
import { words as holdout } from './holdout-words.ts';
import { words } from './words.ts';

/** One dot a run on the scale of its headline metric: where the runs of a target stand to each other. */
export function RunStrip({ runs, picked }: { runs: readonly Run[]; picked: readonly string[] }) {
  const groups = groupRuns(runs);
  if (!groups.length) return null;
  return (
    <div className="run-strip">
      {groups.slice(0, 3).map(({ key, target, metric, on, points }) => (
        <Strip key={key} target={target} metric={metric} on={on} points={points} picked={picked} />
      ))}
    </div>
  );
}

interface StripProps {
  readonly target: string;
  readonly metric: string;
  readonly on: string;
  readonly points: RunGroup['points'];
  readonly picked: readonly string[];
}

function Strip({ target, metric, on, points, picked }: StripProps) {
  const values = points.map(({ value }) => value);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const at = (value: number) => (high === low ? 50 : 2 + ((value - low) / (high - low)) * 96);
  return (
    <figure aria-label={words.strip.of(metricWords(metric), target, on)}>
      <figcaption className="small dim">{words.strip.on(target, metricWords(metric), on)}</figcaption>
      <div className="run-strip__scale">
        {points.map(({ run, value }) => (
          <button
            key={run.id}
            type="button"
            data-picked={picked.includes(run.id) || undefined}
            style={{ left: `${at(value)}%` }}
            title={dotWords(run, value)}
            aria-label={dotWords(run, value)}
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

function dotWords(run: Run, value: number): string {
  const looks = scoredOn(run) === 'test' ? `, ${holdout.before(run.looks)}` : '';
  return `${run.family} ${run.id}: ${formatNumber(value)}${looks}`;
}
