import { Button } from '@mantine/core';
import type { Run } from '../../../preload/contract/training.ts';
import { useJobCall } from '../../api/jobs.ts';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { JobProgress } from '../../ui/state/job-progress.tsx';
import { DenseTable } from '../../ui/table/dense-table.tsx';
import { formatNumber } from '../../ui/text/format.ts';
import { Num } from '../../ui/text/num.tsx';
import { words } from './analysis-words.ts';

const { paired: text } = words;

/** Whether one of two runs is really better, on the rows that test both. */
export function PairedComparison({ a, b }: { a: Run; b: Run }) {
  const job = useJobCall('evaluation.compare');
  if (a.snapshot !== b.snapshot || a.target !== b.target || a.task !== b.task) return null;
  const found = job.result;
  return (
    <section className="stack" style={{ gap: 8 }} aria-label={text.title}>
      <div className="row">
        <h2 className="grow">{text.title}</h2>
        <Button loading={job.running} onClick={() => void job.start({ a: a.id, b: b.id })}>
          {text.run}
        </Button>
      </div>
      {job.running ? <JobProgress job={job.job} onCancel={job.cancel} /> : null}
      {job.error ? <ErrorPanel error={job.error} what={text.running} /> : null}
      {found ? (
        <>
          {found.rows ? <p className="small dim">{text.rows(found.rows)}</p> : null}
          <DenseTable
            label={text.title}
            rows={found.comparisons}
            keyOf={({ what, test }) => `${what} ${test}`}
            columns={[
              { id: 'what', title: words.metric, render: ({ what }) => what.replaceAll('_', ' ') },
              { id: 'a', title: 'A', align: 'right', render: (row) => <Num value={row.a} /> },
              { id: 'b', title: 'B', align: 'right', render: (row) => <Num value={row.b} /> },
              {
                id: 'difference',
                title: text.difference,
                align: 'right',
                render: ({ low, high, difference }) => (
                  <span title={String(difference)}>
                    {low === null || high === null
                      ? formatNumber(difference)
                      : `${formatNumber(low)} … ${formatNumber(high)}`}
                  </span>
                ),
              },
              { id: 'p', title: 'p', align: 'right', render: ({ p }) => <Num value={p} /> },
              { id: 'test', title: text.test, render: ({ test }) => text.tests[test] },
              {
                id: 'says',
                title: text.says,
                render: ({ sentence }) => <span title={sentence}>{sentence}</span>,
              },
            ]}
          />
          {found.notes.map((note) => (
            <p key={note} className="small dim">
              {note}
            </p>
          ))}
        </>
      ) : null}
    </section>
  );
}
