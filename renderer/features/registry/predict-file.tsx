import { Button, FileButton } from '@mantine/core';
import { useState } from 'react';
import { useBackend } from '../../api/context.ts';
import { useJobCall } from '../../api/jobs.ts';
import { PathInput } from '../../ui/form/path-input.tsx';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { JobProgress } from '../../ui/state/job-progress.tsx';
import { DenseTable } from '../../ui/table/dense-table.tsx';
import { Num } from '../../ui/text/num.tsx';
import { words } from './words.ts';

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
              label={words.file.path}
              description={words.file.pathAbout}
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
                  {words.file.choose}
                </Button>
              )}
            </FileButton>
          )}
        </div>
        <PathInput
          label={words.file.out}
          description={words.file.outAbout}
          what="new-folder"
          value={out}
          onChange={setOut}
        />
        <div className="row">
          <Button type="submit" variant="filled" disabled={!path.trim()} loading={job.running}>
            {words.file.predict}
          </Button>
        </div>
      </form>
      {problem ? <ErrorPanel error={problem} what={words.file.taking} /> : null}
      {job.running ? <JobProgress job={job.job} onCancel={job.cancel} /> : null}
      {job.error ? <ErrorPanel error={job.error} what={words.file.predicting} /> : null}
      {job.result ? (
        <>
          <p role="status">
            {job.result.out
              ? words.file.written(job.result.rows, job.result.out)
              : words.file.predicted(job.result.rows)}
          </p>
          {job.result.notes.map((note) => (
            <p key={note} className="small dim">
              {note}
            </p>
          ))}
          {rows.length ? (
            <DenseTable
              label={words.file.predictions}
              rows={rows}
              keyOf={(row) => String(row.at)}
              maxHeight={420}
              columns={[
                {
                  id: 'row',
                  title: words.file.row,
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
