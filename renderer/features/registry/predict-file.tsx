import { Button, FileButton } from '@mantine/core';
import { useState } from 'react';
import { useBackend } from '../../api/context.ts';
import { useJobCall } from '../../api/jobs.ts';
import { PathInput } from '../../ui/form/path-input.tsx';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { JobProgress } from '../../ui/state/job-progress.tsx';
import { DenseTable } from '../../ui/table/dense-table.tsx';
import { plural } from '../../ui/text/format.ts';
import { Num } from '../../ui/text/num.tsx';

/** Predictions for every row of a CSV file, to another file or to look at here. */
export function PredictFile({ model }: { model: string }) {
  const { pathOf, choose } = useBackend();
  const [path, setPath] = useState('');
  const [out, setOut] = useState('');
  const [problem, setProblem] = useState<unknown>(null);
  const job = useJobCall('registry.predict');
  const predictions = job.result?.predictions ?? [];
  const rows = predictions.map((cells, at) => ({ at, cells }));
  return (
    <div className="stack" style={{ maxWidth: 900 }}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void job.start({ model, path: path.trim(), ...(out.trim() ? { out: out.trim() } : {}) });
        }}
      >
        <div className="row" style={{ alignItems: 'flex-start' }}>
          <div className="grow">
            <PathInput
              label="CSV file"
              description="With the raw columns, as they were before training; other columns are left alone."
              what="file"
              value={path}
              onChange={setPath}
            />
          </div>
          {choose ? null : (
            <FileButton
              accept=".csv,text/csv"
              onChange={(file) => {
                if (file) pathOf(file).then(setPath, setProblem);
              }}
            >
              {(props) => (
                <Button {...props} mt={20}>
                  Choose a file …
                </Button>
              )}
            </FileButton>
          )}
        </div>
        <PathInput
          label="Write to"
          description="A new CSV file with column prediction (and probability_CLASS). Empty: the first 1,000 are shown here."
          what="new-folder"
          value={out}
          onChange={setOut}
        />
        <div className="row">
          <Button type="submit" variant="filled" disabled={!path.trim()} loading={job.running}>
            Predict the file
          </Button>
        </div>
      </form>
      {problem ? <ErrorPanel error={problem} what="Taking the file" /> : null}
      {job.running ? <JobProgress job={job.job} onCancel={job.cancel} /> : null}
      {job.error ? <ErrorPanel error={job.error} what="Predicting the file" /> : null}
      {job.result ? (
        <>
          <p role="status">
            {plural(job.result.rows, 'row')} predicted
            {job.result.out ? ` and written to ${job.result.out}` : ''}.
          </p>
          {job.result.notes.map((note) => (
            <p key={note} className="small dim">
              {note}
            </p>
          ))}
          {rows.length ? (
            <DenseTable
              label="Predictions"
              rows={rows}
              keyOf={(row) => String(row.at)}
              maxHeight={420}
              columns={[
                {
                  id: 'row',
                  title: 'Row',
                  align: 'right',
                  width: 80,
                  value: (row) => row.at,
                  render: (row) => <span className="dim">{(row.at + 1).toLocaleString()}</span>,
                },
                ...Object.keys(predictions[0] ?? {}).map((name) => ({
                  id: name,
                  title: name,
                  align: 'right' as const,
                  value: (row: (typeof rows)[number]) => row.cells[name] ?? null,
                  render: (row: (typeof rows)[number]) => {
                    const cell = row.cells[name];
                    return typeof cell === 'number' ? <Num value={cell} /> : cell;
                  },
                })),
              ]}
            />
          ) : null}
        </>
      ) : null}
    </div>
  );
}
