import type { Run } from '../../../preload/contract/training.ts';
import { useFacts } from '../../api/facts.ts';
import { FigureCard } from '../../ui/plot/figure-card.tsx';
import { Answer } from '../../ui/state/answer.tsx';
import { ClassTable } from './class-table.tsx';
import { FoldsTable } from './folds-table.tsx';
import { baselineFor, scoredOn } from './headline.ts';
import { HeadlineBar } from './headline-bar.tsx';
import { MetricsTable } from './metrics-table.tsx';
import { words } from './words.ts';

/** Headline, every metric, and the figures. */
export function ResultsTab({ run }: { run: Run }) {
  const evaluation = useFacts('evaluation.show', { run: run.id });
  const runs = useFacts('training.list', { limit: 1000 });
  const baseline = baselineFor(run, runs.data?.runs ?? []);
  return (
    <Answer of={evaluation} what={words.run.evaluation} lines={10}>
      {(data) => (
        <>
          <HeadlineBar run={run} about={data.about} baseline={baseline} />
          <div className="run-columns">
            <div className="stack">
              <MetricsTable run={run} evaluation={data} />
              <FoldsTable run={run} />
              <ClassTable
                evaluated={data.splits[scoredOn(run) === 'test' ? 'test' : 'validation']}
                on={scoredOn(run)}
              />
            </div>
            <div className="figure-grid">
              {data.figures.map((figure) => (
                <FigureCard key={`${figure.id} ${figure.split ?? ''}`} figure={figure} />
              ))}
            </div>
          </div>
        </>
      )}
    </Answer>
  );
}
