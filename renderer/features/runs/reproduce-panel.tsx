import type { useJobCall } from '../../api/jobs.ts';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { JobProgress } from '../../ui/state/job-progress.tsx';
import { Seal } from '../../ui/state/seal.tsx';
import { reproducedSeals } from '../../ui/state/verdicts.ts';
import { DenseTable } from '../../ui/table/dense-table.tsx';
import { words } from './words.ts';

/** The run being made again, and what came of it. */
export function ReproducePanel({ job }: { job: ReturnType<typeof useJobCall<'lineage.reproduce'>> }) {
  if (!job.running && !job.error && !job.result) return null;
  const seal = job.result ? reproducedSeals[job.result.verdict] : null;
  return (
    <section className="panel" style={{ marginBottom: 12 }} aria-label={words.again.label} aria-live="polite">
      <div className="body stack">
        {job.running ? <JobProgress job={job.job} stops={words.again.stops} onCancel={job.cancel} /> : null}
        {job.error ? <ErrorPanel error={job.error} what={words.again.making} /> : null}
        {job.result && seal ? (
          <>
            <p className="row">
              <Seal tone={seal.tone} label={seal.label} /> <span>{words.again.verdict(seal.title)}</span>
            </p>
            {job.result.tolerance ? (
              <p className="dim">
                {words.again.stated(job.result.tolerance.factor, job.result.tolerance.seeds.join(', '))}
              </p>
            ) : null}
            {job.result.differences.length ? (
              <DenseTable
                label={words.again.differences}
                rows={job.result.differences}
                keyOf={(row) => row.what}
                columns={[
                  { id: 'what', title: words.again.what, render: (row) => row.what },
                  {
                    id: 'recorded',
                    title: words.again.recorded,
                    align: 'right',
                    render: (row) => <code>{row.recorded}</code>,
                  },
                  {
                    id: 'now',
                    title: words.again.now,
                    align: 'right',
                    render: (row) => <code>{row.now}</code>,
                  },
                  {
                    id: 'tolerance',
                    title: words.again.tolerance,
                    align: 'right',
                    render: (row) => row.tolerance ?? <span className="faint">{words.again.none}</span>,
                  },
                ]}
              />
            ) : null}
          </>
        ) : null}
      </div>
    </section>
  );
}
