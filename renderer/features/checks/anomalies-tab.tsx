import { Button, MultiSelect } from '@mantine/core';
import { useState } from 'react';
import { useJobCall } from '../../api/jobs.ts';
import type { OutputOf } from '../../api/methods.ts';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { JobProgress } from '../../ui/state/job-progress.tsx';
import { DenseTable } from '../../ui/table/dense-table.tsx';
import { Num } from '../../ui/text/num.tsx';
import { DatasetChoice, latestOf, useSchema } from './dataset-choice.tsx';
import type { CheckTabProps } from './view.tsx';
import { words } from './words.ts';

const { anomalies: text } = words;

/** The rows of a table that are least like the others. */
export function AnomaliesTab({ datasets, asked }: CheckTabProps) {
  const [dataset, setDataset] = useState(latestOf(datasets, asked));
  const [exclude, setExclude] = useState<string[]>([]);
  const job = useJobCall('checks.anomalies');
  const columns = useSchema(dataset).map(({ name }) => name);
  return (
    <div className="checks">
      <form
        className="stack checks__form"
        onSubmit={(event) => {
          event.preventDefault();
          void job.start({ dataset, exclude: exclude.filter((name) => columns.includes(name)) });
        }}
      >
        <DatasetChoice
          label={words.dataset}
          datasets={datasets}
          value={dataset}
          onChange={(chosen) => {
            setDataset(chosen);
            job.reset();
          }}
        />
        <MultiSelect
          label={text.exclude}
          description={text.excludeAbout}
          data={columns}
          value={exclude}
          searchable
          clearable
          onChange={setExclude}
        />
        <div className="row">
          <Button type="submit" variant="filled" loading={job.running}>
            {text.run}
          </Button>
        </div>
      </form>
      <div className="stack">
        {job.running ? <JobProgress job={job.job} onCancel={job.cancel} /> : null}
        {job.error ? <ErrorPanel error={job.error} what={text.running} /> : null}
        {job.result ? <Found found={job.result} /> : null}
      </div>
    </div>
  );
}

function Found({ found }: { found: OutputOf<'checks.anomalies'> }) {
  return (
    <>
      <p role="status">
        {text.facts(
          found.rows.toLocaleString(),
          found.columns.length.toLocaleString(),
          found.median.toFixed(3),
          found.highest1.toFixed(3),
        )}
      </p>
      <DenseTable
        label={text.table}
        rows={found.anomalies}
        keyOf={({ row }) => String(row)}
        columns={[
          {
            id: 'row',
            title: text.row,
            align: 'right',
            width: 90,
            value: ({ row }) => row,
            render: ({ row }) => row.toLocaleString(),
          },
          {
            id: 'score',
            title: text.score,
            align: 'right',
            width: 90,
            value: ({ score }) => score,
            render: ({ score }) => <Num value={score} />,
          },
          {
            id: 'because',
            title: text.because,
            render: ({ because }) => (
              <span className="checks__sentence">
                {because
                  .map(({ column, value, drop }) =>
                    text.reason(column, value ?? text.missing, drop.toFixed(3)),
                  )
                  .join(' · ')}
              </span>
            ),
          },
        ]}
      />
      {found.leftOut.map(({ column, why }) => (
        <p key={column} className="dim small">
          {text.leftOut(column, why)}
        </p>
      ))}
      <section className="stack" style={{ gap: 8 }}>
        <h2>{text.distribution}</h2>
        <DenseTable
          label={text.distribution}
          rows={found.bins}
          keyOf={({ from }) => String(from)}
          columns={[
            {
              id: 'from',
              title: text.from,
              align: 'right',
              value: ({ from }) => from,
              render: ({ from }) => <Num value={from} />,
            },
            {
              id: 'to',
              title: text.to,
              align: 'right',
              value: ({ to }) => to,
              render: ({ to }) => <Num value={to} />,
            },
            {
              id: 'rows',
              title: text.rows,
              align: 'right',
              value: ({ rows }) => rows,
              render: ({ rows }) => rows.toLocaleString(),
            },
          ]}
        />
      </section>
    </>
  );
}
