import type { Run } from '../../../preload/contract/training.ts';
import { pathOf } from '../../ui/navigation/router.ts';
import { formatNumber } from '../../ui/text/format.ts';
import { Num } from '../../ui/text/num.tsx';
import { AboutMetric, type MetricInfo } from './about-metric.tsx';
import { words as folds } from './folds-words.ts';
import { headlineMetrics, metricWords, scoredOn, scoreOf } from './headline.ts';
import { LooksBefore } from './looks-before.tsx';
import { words } from './words.ts';

interface Props {
  readonly run: Run;
  readonly about: readonly MetricInfo[];
  readonly baseline: Run | null;
}

/** The few numbers that decide, on test rows where there are such, against the baseline for the same data. */
export function HeadlineBar({ run, about, baseline }: Props) {
  const shown = headlineMetrics[run.task].filter((name) => scoreOf(run, name) !== null);
  const on = scoredOn(run);
  return (
    <div className="headline" role="group" aria-label={words.run.headline(folds.scoredOn[on])}>
      {shown.map((name) => {
        const info = about.find(({ id }) => id === name);
        const against = baseline && scoredOn(baseline) === on ? scoreOf(baseline, name) : null;
        return (
          <div key={name} className="headline__one">
            <div className="small dim">
              {info?.title ?? metricWords(name)} <AboutMetric about={info} target={run.target} />
            </div>
            <div className="headline__value">
              <Num value={scoreOf(run, name)} />
              {on === 'folds' && typeof run.metrics?.deviation?.[name] === 'number' ? (
                <span className="small dim" title={folds.spreadAbout}>
                  {' '}
                  {folds.spread(formatNumber(run.metrics.deviation[name]))}
                </span>
              ) : null}
            </div>
            {on === 'test' ? (
              <LooksBefore run={run} />
            ) : (
              <div className="small dim" title={folds.scoredAbout}>
                {folds.scoredOn[on]}
              </div>
            )}
            <div className="small dim">
              {against !== null && baseline ? (
                <a href={`#${pathOf('runs', baseline.id)}`} title={words.run.baselineAbout}>
                  {words.run.baseline(formatNumber(against))}
                </a>
              ) : (
                <span title={words.run.trainAbout}>
                  {words.run.trainValue(formatNumber(run.metrics?.train[name] ?? Number.NaN))}
                </span>
              )}
            </div>
          </div>
        );
      })}
    </div>
  );
}
