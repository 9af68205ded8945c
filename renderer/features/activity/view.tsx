import { Activity } from 'lucide-react';
import type { Job } from '../../../preload/contract/jobs.ts';
import { isLasting, useFacts } from '../../api/facts.ts';
import { hasEnded, useFollowed } from '../../api/jobs.ts';
import type { PageProps } from '../../ui/navigation/page.ts';
import { go, pathOf } from '../../ui/navigation/router.ts';
import { PageBody, PageHead } from '../../ui/page-head.tsx';
import { Answer } from '../../ui/state/answer.tsx';
import { EmptyState } from '../../ui/state/empty-state.tsx';
import { Seal } from '../../ui/state/seal.tsx';
import { statusSeals } from '../../ui/state/verdicts.ts';
import { DenseTable } from '../../ui/table/dense-table.tsx';
import { formatDuration } from '../../ui/text/format.ts';
import { Moment } from '../../ui/text/moment.tsx';
import { Missing } from '../../ui/text/num.tsx';
import { locale } from '../../ui/text/words.ts';
import { JobPanel } from './job-panel.tsx';
import { words } from './words.ts';
import './activity.css';

/** Everything slow: what runs, how far it is, and how it ended. */
export function ActivityView({ params }: PageProps) {
  const jobs = useFacts('jobs.list', { limit: 1000 });
  const told = useFollowed((state) => state.jobs);
  const list = (jobs.data?.jobs ?? [])
    .map((job) => {
      const news = told[job.id];
      return news && !hasEnded(job) ? news : job;
    })
    // A view that is left stops what it asked for; nobody has to read of that.
    .filter((job) => job.status !== 'cancelled' || !isLasting([job.method]));
  const busy = list.filter((job) => !hasEnded(job)).length;
  const chosen = params['job'] ?? null;
  return (
    <PageBody>
      <PageHead
        title={words.title}
        facts={
          list.length
            ? [words.jobs(list.length, list.length.toLocaleString(locale)), words.running(busy)]
            : []
        }
      />
      <Answer of={jobs} what={words.reading}>
        {() =>
          list.length ? (
            <div className="activity" data-panel={chosen ? true : undefined}>
              <DenseTable
                label={words.table}
                rows={list}
                keyOf={(job) => job.id}
                onOpen={(job) => go(pathOf('activity', job.id))}
                isSelected={(job) => job.id === chosen}
                maxHeight="calc(100vh - 150px)"
                columns={[
                  {
                    id: 'status',
                    title: words.state,
                    width: 110,
                    value: (job) => job.status,
                    render: (job) => <Seal {...statusSeals[job.status]} />,
                  },
                  {
                    id: 'title',
                    title: words.job,
                    value: (job) => job.title,
                    render: (job) => <a href={`#${pathOf('activity', job.id)}`}>{job.title}</a>,
                  },
                  { id: 'message', title: words.now, render: (job) => <Progress job={job} /> },
                  {
                    id: 'took',
                    title: words.took,
                    align: 'right',
                    width: 90,
                    value: took,
                    render: (job) => <Took job={job} />,
                  },
                  {
                    id: 'created',
                    title: words.when,
                    align: 'right',
                    width: 110,
                    value: (job) => job.created,
                    render: (job) => (
                      <span className="dim">
                        <Moment at={job.created} />
                      </span>
                    ),
                  },
                ]}
              />
              {chosen ? <JobPanel id={chosen} onClose={() => go('/activity')} /> : null}
            </div>
          ) : (
            <EmptyState icon={Activity} action={<a href="#/data/import">{words.import}</a>}>
              {words.empty}
            </EmptyState>
          )
        }
      </Answer>
    </PageBody>
  );
}

function Progress({ job }: { job: Job }) {
  if (hasEnded(job)) return <span className="dim">{job.error ? job.error.message : ''}</span>;
  return (
    <span className="row" style={{ flexWrap: 'nowrap' }}>
      <progress
        value={job.fraction}
        max={1}
        aria-label={words.progress(job.title, Math.round(job.fraction * 100))}
      />
      <span className="dim truncate">{job.message}</span>
    </span>
  );
}

function took(job: Job): number | null {
  return job.started && job.finished ? (Date.parse(job.finished) - Date.parse(job.started)) / 1000 : null;
}

function Took({ job }: { job: Job }) {
  const seconds = took(job);
  return seconds === null ? <Missing word="–" /> : formatDuration(seconds);
}
